package ca.assistantgazelle.maintenance;

import static ca.assistantgazelle.maintenance.EventType.COVER;
import static ca.assistantgazelle.maintenance.EventType.ENVIRONMENT;
import static ca.assistantgazelle.maintenance.EventType.HUMIDITY_HIGH;
import static ca.assistantgazelle.maintenance.EventType.HUMIDITY_LOW;
import static ca.assistantgazelle.maintenance.EventType.POWER;
import static ca.assistantgazelle.maintenance.EventType.RESERVOIR;
import static ca.assistantgazelle.maintenance.Meaning.FINE;
import static ca.assistantgazelle.maintenance.Meaning.RAISE;
import static ca.assistantgazelle.maintenance.Meaning.RESOLVE;
import static ca.assistantgazelle.maintenance.Meaning.TO_DO;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The words technicians use, without accents and capitals. Source: reference/report-alerts.md §1.3,
 * §3.1, §3.2.
 */
final class Lexicon {
  private static final Map<String, List<Phrase>> BY_FIRST_WORD = new HashMap<>();

  static {
    thing(Thing.COVER, "housse~ / cover / covers");
    thing(
        Thing.POWER,
        "pls / pl / player / syst / systeme~ / system / dampp chaser / damp chaser / dampchaser / damppchaser / dampp / dampchasers"
            + " / prise~ / alimentation / power / cordon / cord / fil / humidistat / humidificateur / life saver / outlet / unite / unit");
    thing(
        Thing.RESERVOIR,
        "reservoir~ / res / boite a eau / tank / tanks / niveau d eau / niveau de l eau / water level / bac / bac d eau");
    thing(Thing.PADS, "pad / pads / meche~ / wick / wicks");
    thing(Thing.LIGHT, "voyant~ / lumiere~ / light / lights / temoin~ / led");
    thing(Thing.WINDOW, "fenetre~ / window / windows");
    thing(Thing.TEMPERATURE, "temperature~ / temp / tmp");
    thing(Thing.HUMIDITY, "humidite / humidity / hum / rh / hr");
    thing(
        Thing.CLIMATE,
        "deshumidificateur~ / dehumidifier / chauffage / heating / heater / radiateur~ / ventilation / climatisation / clim / air climatise / air conditioning / hvac");
    thing(
        Thing.FOREIGN,
        "ventilateur~ / fan / lampe~ / lamp / micro~ / microphone~ / radio / ampli~ / amplificateur~ / telephone / ordinateur~ / computer / clavier~"
            + " / haut parleur~ / speaker / speakers / pedale~ / pedal / pedals / tringle~ / tige~ / lyre / lyra / trapwork / rod / ressort~ / spring / marteau / marteaux / hammer / touche~"
            + " / etouffoir~ / damper / dampers / bride~ / corde~ / string / strings / orgue / projecteur~ / television / tv / interphone / accordeur / tuner / couvercle / lid / bottom cover / key cover / fallboard cover / bench cover / pedal cover / keyboard cover"
            + " / housse~ du banc / housse~ de banc / housse~ du clavier / son / sons / tone / toucher / feutre~ / felt / felts / action / mecanique~ / cuir~ / leather / hammers / colle / glue / centre~ / cheville~ / attaque / sound / cover plate / silent system / reservoir d encre");
    thing(
        Thing.ROOM,
        "local / locaux / salle~ / piece~ / room / studio / air / bois / wood / table d harmonie / soundboard / classe~ / scene / stage / endroit / place");

    thing(Thing.PIANO, "piano~");

    complete(
        RAISE,
        COVER,
        "sans housse / sans sa housse / sans la housse / sans leur housse / pas de housse / pas sa housse / aucune housse / plus de housse / plus sa housse"
            + " / no cover / without cover / without a cover / without its cover / without the cover / missing cover / manque .. housse / cover is not on / cover not on / cover was not on");
    state(
        RAISE,
        COVER,
        Thing.COVER,
        "enleve~ / retire~ / ote~ / manquant~ / absent~ / removed / taken off / off / missing / tombe~ / par terre / au sol / disparu~ / perdu~ / vole~ / on the floor");
    state(
        RESOLVE,
        COVER,
        Thing.COVER,
        "replace~ / remis~ / remet / repositionne~ / installe~ / reinstalle~ / replaced / put back / back on / back in place / placed back / repositioned"
            + " / installed / reinstalled / retrouve~ / revenu~ / recouvert~ / en place / in place"
            + " / put .. back / put .. back on / sur le piano / sur piano / on the piano / on piano");
    state(
        TO_DO,
        COVER,
        Thing.COVER,
        "remettre / replacer / reinstaller / repositionner / to replace / please replace / to put back / put back on please");

    complete(
        RAISE,
        POWER,
        "besoin .. rallonge~ / faut .. rallonge~ / faudrait .. rallonge~ / manque .. rallonge~ / prevoir .. rallonge~ / rallonge~ requise~ / rallonge~ necessaire~ / rallonge~ manquante~"
            + " / need .. extension cord / needs .. extension cord / no power / pas de courant / sans courant / pas d alimentation / sans alimentation / plus de courant / plus d alimentation");
    state(RAISE, POWER, null, "debranche~ / debr / unplugged / deconnecte~ / disconnected");
    state(
        RAISE,
        POWER,
        Thing.POWER,
        "off / eteint~ / en panne / hors tension / hors service / hors fonction / defectueux / defectueuse~ / brise~ / arrete~ / dead / mort~ / broken / coupe~");
    state(
        RESOLVE,
        POWER,
        null,
        "rebranche~ / reconnecte~ / reconnected / replugge~ / repluge~ / replugged / plugged back / plugged back in / plugged in / plugged it back in / remis~ sous tension / remis~ en marche"
            + " / branche~ a nouveau / branche~ de nouveau");
    state(
        RESOLVE,
        POWER,
        Thing.POWER,
        "branche~ / plugged / fonctionne / fonctionnent / fonctionnel~ / functional / working / works / work / rallume~ / allume / turned back on / turned on / turned it back on / turned it on / back on / repare~ / repaired / remis~ en fonction");
    state(
        TO_DO,
        POWER,
        null,
        "rebrancher / rebranchera / rebrancheront / reconnecter / reconnect / plug back / plug back in / plug it back in");
    state(RESOLVE, POWER, Thing.PIANO, "branche~ / plugged");
    state(TO_DO, POWER, Thing.POWER, "brancher / plug in / plug");

    complete(
        RAISE,
        RESERVOIR,
        "pas de reservoir~ / sans reservoir~ / aucun reservoir / no reservoir / no tank / without reservoir / plus d eau / pas d eau / manque d eau / manque .. eau / low water / water low / water is low"
            + " / besoin d eau / eau basse / needs water / needs refill / needs a refill / needs refilling / needs filling / out of water / no water");
    state(
        RAISE,
        RESERVOIR,
        Thing.RESERVOIR,
        "vide~ / empty / manquant~ / missing / absent~ / a sec / dry / low / bas / basse~ / faible~ / fuit / coule / perce~ / fissure~ / casse~ / leaking / leaks / cracked");
    state(RAISE, RESERVOIR, Thing.POWER, "vide~ / empty");
    complete(
        RESOLVE,
        RESERVOIR,
        "eau ajoutee / ajoute .. eau / added water / water added / added .. water / fait le plein / topped up");
    state(
        RESOLVE,
        RESERVOIR,
        Thing.RESERVOIR,
        "rempli~ / filled / refilled / remis~ / reinstalle~ / reinstalled / remplace~ / replaced / change~");
    state(FINE, RESERVOIR, Thing.RESERVOIR, "plein~ / full");
    state(TO_DO, RESERVOIR, Thing.RESERVOIR, "remplir / refill / fill / ajouter .. eau");
    state(
        TO_DO,
        RESERVOIR,
        Thing.PADS,
        "changer / remplacer / to replace / to change / please change / please replace / need changing / need replacing / need replacement");
    state(RESOLVE, RESERVOIR, Thing.PADS, "change~ / changed / remplace~ / replaced");
    state(RAISE, RESERVOIR, Thing.PADS, "sec / secs / seche~ / dry");
    state(
        RAISE,
        RESERVOIR,
        Thing.LIGHT,
        "jaune~ / rouge~ / yellow / red / clignote / clignotent / clignotant~ / blinking / flashing");

    complete(
        RAISE,
        ENVIRONMENT,
        "trop froid~ / trop chaud~ / too cold / too hot / too warm / conditions inadequates / mauvaises conditions / inadequate conditions / courant d air / courants d air / draft / drafty");
    state(RAISE, ENVIRONMENT, Thing.WINDOW, "ouvert~ / open / opened / left open / entrouvert~");
    state(RESOLVE, ENVIRONMENT, Thing.WINDOW, "ferme~ / referme~ / closed / shut");
    state(TO_DO, ENVIRONMENT, Thing.WINDOW, "fermer / refermer / close");
    state(
        RAISE,
        ENVIRONMENT,
        Thing.TEMPERATURE,
        "bas / basse~ / haut~ / eleve~ / anormal~ / anormale~ / probleme~ / issue / problem / low / high / abnormal / froide~ / instable~ / inadequate~ / extreme~ / unstable");
    state(
        RAISE,
        ENVIRONMENT,
        Thing.HUMIDITY,
        "anormal~ / anormale~ / probleme~ / issue / problem / abnormal / instable~ / unstable / inadequate~");
    state(
        RAISE,
        ENVIRONMENT,
        Thing.CLIMATE,
        "en panne / brise~ / arrete~ / eteint~ / off / broken / defectueux / defectueuse~ / hors service / coupe~ / probleme~ / problem / issue / trop fort / souffle / soufflent / blowing / blows / too high / debranche~ / unplugged");
    state(
        RESOLVE,
        ENVIRONMENT,
        Thing.CLIMATE,
        "repare~ / repaired / fixed / corrige~ / resolu~ / resolved / regle~ / rallume~ / turned back on / fonctionne / working / works");
    state(
        RESOLVE,
        ENVIRONMENT,
        Thing.TEMPERATURE,
        "normal~ / normale~ / corrige~ / fixed / resolu~ / resolved / regle~");
    state(
        RESOLVE,
        ENVIRONMENT,
        Thing.HUMIDITY,
        "normal~ / normale~ / corrige~ / fixed / resolu~ / resolved / regle~");

    complete(RAISE, HUMIDITY_HIGH, "excessive humidity / humidite excessive / excessively humid");
    state(RAISE, HUMIDITY_HIGH, null, "tres humide~ / trop humide~ / too humid / very humid");
    state(
        RAISE,
        HUMIDITY_HIGH,
        Thing.HUMIDITY,
        "haut~ / eleve~ / forte~ / high / excessive~ / too high / very high");
    state(
        RAISE,
        HUMIDITY_LOW,
        null,
        "tres sec / trop sec / tres secs / trop secs / tres seche~ / trop seche~ / too dry / very dry / air sec / dry air");
    state(
        RAISE,
        HUMIDITY_LOW,
        Thing.HUMIDITY,
        "bas / basse~ / faible~ / low / insuffisante~ / too low / very low");
  }

  private Lexicon() {}

  /** The longest phrases that begin with a word come first. */
  static List<Phrase> startingWith(String word) {
    return BY_FIRST_WORD.getOrDefault(word, List.of());
  }

  private static void thing(Thing thing, String phrases) {
    each(phrases, text -> add(text, List.of(thing), List.of()));
  }

  private static void complete(Meaning meaning, EventType type, String phrases) {
    each(phrases, text -> add(text, List.of(), List.of(new Sense(meaning, type, null, true))));
  }

  private static void state(Meaning meaning, EventType type, Thing thing, String phrases) {
    each(phrases, text -> add(text, List.of(), List.of(new Sense(meaning, type, thing, false))));
  }

  private static void each(String phrases, Consumer<String> action) {
    for (var phrase : phrases.split("/")) {
      action.accept(phrase);
    }
  }

  private static void add(String text, List<Thing> things, List<Sense> senses) {
    var words = Phrase.words(text);
    for (var first : Phrase.forms(words.getFirst())) {
      var spelled = new ArrayList<>(words);
      spelled.set(0, first);
      merge(new Phrase(List.copyOf(spelled), things, senses));
    }
  }

  private static void merge(Phrase added) {
    var known = BY_FIRST_WORD.computeIfAbsent(added.first(), first -> new ArrayList<>());
    for (int i = 0; i < known.size(); i++) {
      var other = known.get(i);
      if (other.words().equals(added.words())) {
        known.set(
            i,
            new Phrase(
                added.words(),
                joined(other.things(), added.things()),
                joined(other.senses(), added.senses())));
        return;
      }
    }
    known.add(added);
    known.sort((one, other) -> Integer.compare(other.words().size(), one.words().size()));
  }

  private static <T> List<T> joined(List<T> some, List<T> others) {
    var all = new ArrayList<>(some);
    all.addAll(others);
    return List.copyOf(all);
  }
}
