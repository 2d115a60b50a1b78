package ca.assistantgazelle.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class PassTest {
  @Test
  void asManyAsThereAreIsComplete() {
    var pass = new Pass(Set.of(), 0);
    see(pass, 2, "a", "b");
    assertThat(pass.isComplete()).isTrue();
    see(pass, 3);
    assertThat(pass.isComplete()).isFalse();
  }

  @Test
  void aRecordRemovedOnTheWayHidesAnotherEvenWhenTheNumbersAgree() {
    var pass = new Pass(Set.of(), 0);
    see(pass, 4, "a", "b");
    // "a" is removed, so "c" moves to the page already read.
    see(pass, 3, "d");
    assertThat(pass.seen()).hasSize(3);
    assertThat(pass.isComplete()).isFalse();
  }

  @Test
  void aWalkThatGoesOnRemembersWhatItsPredecessorWasTold() {
    var pass = new Pass(Set.of("a", "b"), 4);
    see(pass, 3, "d");
    assertThat(pass.isComplete()).isFalse();
    var steady = new Pass(Set.of("a", "b"), 3);
    see(steady, 3, "c");
    assertThat(steady.isComplete()).isTrue();
  }

  private static void see(Pass pass, int total, String... ids) {
    pass.told(total);
    for (var id : ids) {
      pass.saw(id);
    }
  }
}
