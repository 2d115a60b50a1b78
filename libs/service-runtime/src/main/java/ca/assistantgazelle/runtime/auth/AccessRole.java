package ca.assistantgazelle.runtime.auth;

import java.util.Set;

/** Roles of API callers; each one includes those before it. */
public final class AccessRole {
    /** Reads. */
    public static final String VIEWER = "viewer";

    /** Reads and runs. */
    public static final String OPERATOR = "operator";

    /** Reads, runs, and does what cannot be undone. */
    public static final String ADMIN = "admin";

    private AccessRole() {}

    /** @throws IllegalArgumentException naming the three roles */
    static Set<String> impliedRoles(String role) {
        return switch (role) {
            case VIEWER -> Set.of(VIEWER);
            case OPERATOR -> Set.of(VIEWER, OPERATOR);
            case ADMIN -> Set.of(VIEWER, OPERATOR, ADMIN);
            default -> throw new IllegalArgumentException("role '" + role + "' is not viewer, operator or admin");
        };
    }
}
