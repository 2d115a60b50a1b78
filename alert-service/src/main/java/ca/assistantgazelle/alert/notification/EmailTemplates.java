package ca.assistantgazelle.alert.notification;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The templates of mails about appointments, checked against {@link EmailTemplateData} at build time. */
@CheckedTemplate(basePath = "appointments")
final class EmailTemplates {
    private EmailTemplates() {}

    static native TemplateInstance emailHtml(EmailTemplateData mail);

    static native TemplateInstance emailText(EmailTemplateData mail);
}
