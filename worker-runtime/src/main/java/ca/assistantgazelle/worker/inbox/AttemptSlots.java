package ca.assistantgazelle.worker.inbox;

/** The slots in which this process runs attempts. */
public interface AttemptSlots {
  /** Used until the executor has started, because messages may arrive earlier. */
  AttemptSlots NONE =
      new AttemptSlots() {
        @Override
        public boolean reserve() {
          return false;
        }

        @Override
        public void release() {
          throw new IllegalStateException("no slot was reserved");
        }

        @Override
        public void start(ClaimedAttempt claim) {
          throw new IllegalStateException("no slot was reserved");
        }

        @Override
        public void wake() {
          // The executor looks for waiting attempts when it starts.
        }
      };

  /** Reserves a slot for an attempt; false if all are taken or the executor is shutting down. */
  boolean reserve();

  /** Releases a reserved slot that was not used. */
  void release();

  /** Runs a claimed attempt in the slot reserved for it. */
  void start(ClaimedAttempt claim);

  /** Signals that an unclaimed attempt is waiting. */
  void wake();
}
