package ca.assistantgazelle.maintenance;

/** What a word of state can speak of. */
enum Thing {
  PIANO,
  COVER,
  POWER,
  RESERVOIR,
  PADS,
  LIGHT,
  WINDOW,
  TEMPERATURE,
  HUMIDITY,
  /** Heating, ventilation, air conditioning. */
  CLIMATE,
  /** Has a plug or a state of its own, and is none of our business. */
  FOREIGN
}
