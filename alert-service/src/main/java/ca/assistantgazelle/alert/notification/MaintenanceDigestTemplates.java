package ca.assistantgazelle.alert.notification;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** Templates of the maintenance digest, checked at build time. */
@CheckedTemplate(basePath = "maintenance")
final class MaintenanceDigestTemplates {
    private MaintenanceDigestTemplates() {}

    static native TemplateInstance digestHtml(MaintenanceDigestData digest);

    static native TemplateInstance digestText(MaintenanceDigestData digest);
}
