package ca.assistantgazelle.desk;

/** Whoever takes up attempts in this process: the workshop, as the desk sees it. */
public interface Taker {
  /** Before the workshop opens: messages may come earlier. */
  Taker NOBODY =
      new Taker() {
        @Override
        public boolean reserve() {
          return false;
        }

        @Override
        public void release() {
          throw new IllegalStateException("nothing was kept");
        }

        @Override
        public void start(Assignment assignment) {
          throw new IllegalStateException("nothing was kept");
        }

        @Override
        public void wake() {
          // The workshop looks for what waits when it opens.
        }
      };

  /** Keeps a slot for an attempt; false when all are taken or no further attempt is begun. */
  boolean reserve();

  /** Gives a kept slot back: there was nothing to take up. */
  void release();

  /** Runs an attempt that is ours in a slot that was kept for it. */
  void start(Assignment assignment);

  /** An attempt waits, and is anybody's. */
  void wake();
}
