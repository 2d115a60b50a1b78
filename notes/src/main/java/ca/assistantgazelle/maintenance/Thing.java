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
  /** Where a piano stands, or its wood. */
  ROOM,
  /** Has a plug or a state of its own, and is none of our business. */
  FOREIGN;

  /** The kind of trouble that a state without a thing of its own means when it speaks of this. */
  boolean means(EventType type) {
    return switch (this) {
      case POWER -> type == EventType.POWER;
      case HUMIDITY -> type.isHumidity();
      default -> false;
    };
  }
}
