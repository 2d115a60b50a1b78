package ca.assistantgazelle.alert.notification;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The templates of mails about appointments, checked against {@link AppointmentMailData} at build time. */
@CheckedTemplate(basePath = "appointments")
final class AppointmentMailTemplates {
    private AppointmentMailTemplates() {}

    static native TemplateInstance emailHtml(AppointmentMailData mail);

    static native TemplateInstance emailText(AppointmentMailData mail);
}
