package ca.assistantgazelle.alert.adminalert;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The templates of the mails to the admin, checked against {@link AdminMailData} at build time. */
@CheckedTemplate(basePath = "adminmail")
final class AdminMailTemplates {
    private AdminMailTemplates() {}

    static native TemplateInstance adminMailHtml(AdminMailData mail);

    static native TemplateInstance adminMailText(AdminMailData mail);
}
