package ca.assistantgazelle.scan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PassTest {
  @Test
  void asManyAsThereAreIsComplete() {
    var pass = new Pass(1, 0, 0, false);
    see(pass, 2, 2);
    assertThat(pass.isComplete()).isTrue();
    see(pass, 3, 0);
    assertThat(pass.isComplete()).isFalse();
  }

  @Test
  void aRecordRemovedOnTheWayHidesAnotherEvenWhenTheNumbersAgree() {
    var pass = new Pass(1, 0, 0, false);
    see(pass, 4, 2);
    // One of the two is removed, so a third moves to the page already read.
    see(pass, 3, 1);
    assertThat(pass.seen()).isEqualTo(3);
    assertThat(pass.isComplete()).isFalse();
  }

  @Test
  void aWalkThatGoesOnRemembersWhatItsPredecessorWasTold() {
    var pass = new Pass(1, 2, 4, false);
    see(pass, 3, 1);
    assertThat(pass.isComplete()).isFalse();
    var steady = new Pass(1, 2, 3, false);
    see(steady, 3, 1);
    assertThat(steady.isComplete()).isTrue();
    var spoilt = new Pass(1, 2, 3, true);
    see(spoilt, 3, 1);
    assertThat(spoilt.isComplete()).isFalse();
  }

  @Test
  void theNextWalkStartsAfresh() {
    var again = new Pass(1, 3, 3, true).again();
    assertThat(again.number()).isEqualTo(2);
    see(again, 3, 3);
    assertThat(again.isComplete()).isTrue();
  }

  private static void see(Pass pass, int total, int more) {
    pass.told(total);
    pass.saw(more);
  }
}
