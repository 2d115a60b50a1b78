package ca.assistantgazelle.sync.scan;

/** Waits for the entities that an entity's rows refer to. */
@FunctionalInterface
public interface ParentBarrier {
    /** Returns once the parent entities are stored; throws if they failed. */
    void await() throws InterruptedException;
}
