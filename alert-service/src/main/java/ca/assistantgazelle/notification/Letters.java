package ca.assistantgazelle.notification;

import ca.assistantgazelle.appointment.Appointment;
import ca.assistantgazelle.appointment.Check;
import ca.assistantgazelle.appointment.Technician;
import ca.assistantgazelle.appointment.Window;
import ca.assistantgazelle.mail.AlertsConfig;
import ca.assistantgazelle.mail.French;
import ca.assistantgazelle.mail.Message;
import ca.assistantgazelle.mail.Postman;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes the letters, in French of Québec. Source: reference/report-alerts.md §2.4, TARGET. */
@Singleton
class Letters {
  private static final int ID_BYTES = 16;

  private final AlertsConfig config;
  private final Postman postman;

  Letters(AlertsConfig config, Postman postman) {
    this.config = config;
    this.postman = postman;
  }

  /**
   * @param appointments those of the check that are to be announced, not empty
   */
  Message toTechnician(Check check, Technician technician, List<Appointment> appointments) {
    int count = appointments.size();
    var data =
        new LetterData(
            subject(count, check.window()),
            technician.firstName().isBlank() ? "Bonjour" : "Bonjour " + technician.firstName(),
            (count == 1 ? "Ce rendez-vous " : "Ces " + count + " rendez-vous ")
                + days("de ", check.window())
                + (count == 1 ? " n'est pas confirmé." : " ne sont pas confirmés."),
            byDay(appointments),
            count == 1
                ? "Merci d'appeler ce client pour confirmer."
                : "Merci d'appeler ces clients pour confirmer.",
            freshness(check),
            link(check.window()));
    return message(technician.email(), technician.id(), check.window(), appointments, data);
  }

  /** What could not be routed, and what was never read. */
  Message toOffice(
      Check check, List<Check.Unrouted> unrouted, List<Appointment> unknown, String address) {
    var sections = new ArrayList<LetterData.Section>();
    if (!unrouted.isEmpty()) {
      sections.add(
          new LetterData.Section(
              "À attribuer",
              unrouted.stream().map(one -> line(one.appointment(), true, one.reason())).toList()));
    }
    if (!unknown.isEmpty()) {
      sections.add(
          new LetterData.Section(
              "Confirmation inconnue (jamais lue dans Gazelle)",
              unknown.stream().map(one -> line(one, true, "")).toList()));
    }
    var all = new ArrayList<>(unrouted.stream().map(Check.Unrouted::appointment).toList());
    all.addAll(unknown);
    var data =
        new LetterData(
            subject(all.size(), check.window()).replace("[RV]", "[RV bureau]"),
            "Bonjour",
            "Personne n'a été avisé de ces rendez-vous " + days("de ", check.window()) + ".",
            sections,
            "Merci de les attribuer ou d'appeler les clients.",
            freshness(check),
            link(check.window()));
    return message(address, Notifications.OFFICE, check.window(), all, data);
  }

  /** Maintenance alerts that were opened at institutions. */
  Message maintenance(List<Appointment> alerts, String address) {
    var data =
        new LetterData(
            "[Entretien] "
                + alerts.size()
                + (alerts.size() == 1 ? " nouvelle alerte" : " nouvelles alertes"),
            "Bonjour",
            "Ces alertes d'entretien ont été ouvertes chez les institutions.",
            byDay(alerts),
            "La liste complète est dans l'onglet « Alertes Maintenance » du rapport.",
            "",
            config.publicUrl().map(url -> url + "/api/scheduler/status").orElse(""));
    return message(
        address,
        Notifications.OFFICE,
        new Window("MAINTENANCE", alerts.getFirst().date(), alerts.getLast().date()),
        alerts,
        data);
  }

  private Message message(
      String to, String recipient, Window window, List<Appointment> appointments, LetterData data) {
    return new Message(
        id(recipient, window, appointments),
        to,
        data.subject(),
        Templates.letterText(data).render().strip() + "\n",
        Templates.letterHtml(data).render());
  }

  // The same news to the same person has the same id, whoever sends it and however often.
  private String id(String recipient, Window window, List<Appointment> appointments) {
    var news =
        appointments.stream()
            .map(one -> one.externalId() + "@" + one.snapshot())
            .sorted()
            .collect(Collectors.joining(",", window.kind() + "|" + recipient + "|", ""));
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(news.getBytes(StandardCharsets.UTF_8));
      return "<rv-" + HexFormat.of().formatHex(hash, 0, ID_BYTES) + "@" + postman.domain() + ">";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static String subject(int count, Window window) {
    return "[RV] "
        + count
        + (count == 1 ? " rendez-vous non confirmé — " : " rendez-vous non confirmés — ")
        + days("", window);
  }

  private static String days(String ofOne, Window window) {
    return window.first().equals(window.last())
        ? ofOne + French.day(window.first())
        : "du " + French.day(window.first()) + " au " + French.day(window.last());
  }

  private static List<LetterData.Section> byDay(List<Appointment> appointments) {
    var days = new TreeMap<LocalDate, List<LetterData.Line>>();
    for (var appointment : appointments) {
      days.computeIfAbsent(appointment.date(), day -> new ArrayList<>())
          .add(line(appointment, false, ""));
    }
    return days.entrySet().stream()
        .map(day -> new LetterData.Section(capital(French.day(day.getKey())), day.getValue()))
        .toList();
  }

  private static LetterData.Line line(Appointment appointment, boolean withDay, String note) {
    var time = French.time(appointment.time());
    return new LetterData.Line(
        withDay ? French.day(appointment.date()) + ", " + time : time,
        appointment.clientName(),
        appointment.city(),
        appointment.pianos(),
        appointment.title(),
        appointment.phone(),
        appointment.createdOn() == null ? "" : French.date(appointment.createdOn()),
        note);
  }

  private static String freshness(Check check) {
    return check.lastSync() == null
        ? "Attention : aucune synchronisation avec Gazelle n'a encore réussi."
        : "Données de Gazelle du "
            + French.moment(check.lastSync())
            + " ("
            + French.ago(check.lastSync(), check.checkedAt())
            + ").";
  }

  private String link(Window window) {
    return config
        .publicUrl()
        .map(
            url ->
                url
                    + "/alertes-rv/check?"
                    + (window.kind().equals("LONG_TERME")
                        ? "window=long"
                        : "target_date=" + window.first()))
        .orElse("");
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.CANADA_FRENCH) + text.substring(1);
  }
}
