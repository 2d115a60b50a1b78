package ca.assistantgazelle.mail.smtp;

import java.util.concurrent.atomic.AtomicReference;

/** Either the server is given a letter, or the sender gives it up before: never both. */
final class HandOver {
  private enum State {
    WAITING,
    BEGUN,
    GIVEN_UP
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

  /** False when the sender gave it up: the server must not get it any more. */
  boolean begin() {
    return state.compareAndSet(State.WAITING, State.BEGUN);
  }

  /** True when the server will surely not get it; false when some of it may have arrived. */
  boolean giveUp() {
    return state.compareAndSet(State.WAITING, State.GIVEN_UP);
  }

  /** Whether some of it may have reached the server. */
  boolean begun() {
    return state.get() == State.BEGUN;
  }
}
