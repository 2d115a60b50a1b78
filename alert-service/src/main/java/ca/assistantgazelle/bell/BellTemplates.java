package ca.assistantgazelle.bell;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The messages of the bell, checked against {@link BellData} when they are built. */
@CheckedTemplate(basePath = "bell")
final class BellTemplates {
  private BellTemplates() {}

  static native TemplateInstance bellHtml(BellData bell);

  static native TemplateInstance bellText(BellData bell);
}
