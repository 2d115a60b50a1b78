package ca.assistantgazelle.sync.scan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScanPassTest {
    @Test
    void aPassThatSawTheTotalIsComplete() {
        var pass = new ScanPass(1, 0, 0, false);
        report(pass, 2, 2);
        assertThat(pass.isComplete()).isTrue();
        report(pass, 3, 0);
        assertThat(pass.isComplete()).isFalse();
    }

    @Test
    void aRecordRemovedDuringThePassMakesItIncomplete() {
        var pass = new ScanPass(1, 0, 0, false);
        report(pass, 4, 2);
        // One of the two records seen is removed, so a third one moves to the page already read.
        report(pass, 3, 1);
        assertThat(pass.seen()).isEqualTo(3);
        assertThat(pass.isComplete()).isFalse();
    }

    @Test
    void aResumedPassRemembersTheEarlierTotal() {
        var pass = new ScanPass(1, 2, 4, false);
        report(pass, 3, 1);
        assertThat(pass.isComplete()).isFalse();
        var steady = new ScanPass(1, 2, 3, false);
        report(steady, 3, 1);
        assertThat(steady.isComplete()).isTrue();
        var spoilt = new ScanPass(1, 2, 3, true);
        report(spoilt, 3, 1);
        assertThat(spoilt.isComplete()).isFalse();
    }

    @Test
    void theNextPassStartsFromZero() {
        var again = new ScanPass(1, 3, 3, true).next();
        assertThat(again.number()).isEqualTo(2);
        report(again, 3, 3);
        assertThat(again.isComplete()).isTrue();
    }

    private static void report(ScanPass pass, int total, int more) {
        pass.totalReported(total);
        pass.recordsSeen(more);
    }
}
