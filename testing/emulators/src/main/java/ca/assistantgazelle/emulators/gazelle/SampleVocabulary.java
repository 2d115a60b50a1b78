package ca.assistantgazelle.emulators.gazelle;

import java.util.List;

/** Fictitious names, places and notes of the sample company. */
final class SampleVocabulary {
    static final List<String> FIRST_NAMES = List.of(
            "Alix",
            "Zoé",
            "Élodie",
            "François",
            "Chloë",
            "Noël",
            "Anaïs",
            "Gaëtan",
            "Maëlle",
            "Thérèse",
            "Jean-Rémi",
            "Océane",
            "Benoît",
            "Hélène",
            "Loïc",
            "Marie-Ève");
    static final List<String> LAST_NAMES = List.of(
            "Exemple",
            "D’Essai",
            "L'Échantillon",
            "Modèle",
            "Témoin",
            "Fictif",
            "Spécimen",
            "Quidam",
            "Lambda",
            "Prête-Nom");
    static final List<String> STREETS =
            List.of("rue Fictive", "avenue de l’Exemple", "boul. Inventé", "chemin du Modèle", "place Témoin");
    static final List<String> CITIES =
            List.of("Montréal", "Longueuil", "Saint-Jérôme", "Trois-Rivières", "Québec", "L'Île-Perrot");
    static final List<String> INSTITUTIONS = List.of(
            "École de musique Vincent-d'Indy",
            "Fondation Vincent-d'Indy",
            "Place des Arts",
            "Centre Pierre-Péladeau/UQAM",
            "Orford Musique",
            "SMCQ");
    static final List<String> MAKES = List.of("Marque", "Fabrique", "Atelier Nordique", "Maison Érable");
    static final List<String> MODELS = List.of("M-1", "Concert 280", "U3", "Étude");
    static final List<String> ROOMS = List.of("Local 204", "Salle A", "Studio 3 — sous-sol", "Foyer", "Grande salle");
    static final List<String> NOTES = List.of(
            "Accord 440 Hz. 22°C, 34%. Housse retirée.",
            "Accord complet. Température 21°, humidité 39 %. Rien à signaler.",
            "Piano accordé; pédale douce ajustée. 20 °C / 41% HR",
            "PLS débranché à l'arrivée, rebranché. 23°C, 28 %",
            "Réservoir vide — rempli. Humidité basse (24%).",
            "Remplacé une corde (fa#4). Accord à revoir dans 2 semaines.",
            "Client absent; rendez-vous à reprendre.",
            "=SOMME(A1:A9) n'est pas une formule, c'est une note <b>textuelle</b> & complète",
            "Tuned to A440. 72°F, 38% RH. Cover was off.",
            "Harmonisation légère — « très satisfait » 🎹",
            "");
    static final List<String> SUMMARIES =
            List.of("Accord", "Entretien", "Accord et réglage", "Visite annuelle", "Inspection");
    static final List<String> OTHER_SUMMARIES = List.of(
            "Courriel envoyé : Confirmation",
            "Rendez-vous créé",
            "Rendez-vous déplacé",
            "Facture envoyée",
            "Rappel automatique");

    private SampleVocabulary() {}
}
