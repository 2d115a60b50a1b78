package ca.assistantgazelle.alert.mail.smtp;

import java.util.concurrent.atomic.AtomicReference;

/** Ensures that a mail is either handed to the server or abandoned before, never both. */
final class HandoffTracker {
  private enum HandoffState {
    WAITING,
    BEGUN,
    GIVEN_UP
  }

  private final AtomicReference<HandoffState> state = new AtomicReference<>(HandoffState.WAITING);

  /** False when the sender gave it up: the server must not get it any more. */
  boolean begin() {
    return state.compareAndSet(HandoffState.WAITING, HandoffState.BEGUN);
  }

  /** True when the server will surely not get it; false when some of it may have arrived. */
  boolean giveUp() {
    return state.compareAndSet(HandoffState.WAITING, HandoffState.GIVEN_UP);
  }

  /** Whether some of it may have reached the server. */
  boolean hasBegun() {
    return state.get() == HandoffState.BEGUN;
  }
}
