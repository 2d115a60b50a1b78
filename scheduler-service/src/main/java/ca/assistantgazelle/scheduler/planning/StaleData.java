package ca.assistantgazelle.scheduler.planning;

import ca.assistantgazelle.contract.catalogue.FreshnessRule;

/** Data that is older than allowed. */
record StaleData(FreshnessRule requirement, String reason) {
    boolean preventsRun() {
        return requirement.otherwise() == FreshnessRule.StaleDataPolicy.SKIP;
    }
}
