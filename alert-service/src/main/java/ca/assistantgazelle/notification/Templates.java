package ca.assistantgazelle.notification;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The letters about appointments, checked against {@link LetterData} when they are built. */
@CheckedTemplate(basePath = "appointments")
final class Templates {
  private Templates() {}

  static native TemplateInstance letterHtml(LetterData letter);

  static native TemplateInstance letterText(LetterData letter);
}
