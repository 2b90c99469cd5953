package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.manage.Event;
import dev.larder.manage.Explanation;
import dev.larder.manage.Explanation.Copy;
import dev.larder.manage.Explanation.State;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told of a key after a log was lost: that ended it only if it was there, and nothing else proved it. */
class LossExplainedTest {

  private final Lab lab = new Lab(Layout.L1_L2_DATABASE);
  private final Lab.Node node = lab.node();
  private final Lab.Node other = lab.node();

  @AfterEach
  void close() {
    lab.close();
  }

  private void loseTheLogOfL2() {
    lab.loseLogOfL2(node, other);
  }

  private Explanation explain(String slot) {
    return node.larder.management().explain(slot);
  }

  @Test
  void whatL2Had_wasEndedByTheLoss() {
    node.get();
    loseTheLogOfL2();
    Explanation explanation = explain(lab.slot());
    assertThat(explanation.ended()).isNotNull();
    assertThat(explanation.ended().cause()).isEqualTo("the log in " + node.l2.name() + " was lost");
    assertThat(explanation.history()).extracting(Event::kind).contains(Event.Kind.LINK);
  }

  /** Who asks why it is missing must not read that something was lost. */
  @Test
  void whatNeverWas_wasNotEndedByIt() {
    node.get();
    String never = node.larder.batch().key(node.cache, 999L).change().keys().get(0);
    loseTheLogOfL2();
    Explanation explanation = explain(never);
    assertThat(explanation.ended()).isNull();
    assertThat(explanation.history()).isEmpty();
  }

  /** It comes to L1 from there, as old as it is there. */
  @Test
  void whatTheDatabaseTierHad_isStillValid_andWasNotEndedByIt() {
    node.l2.down();
    node.get();
    lab.time.advance(Duration.ofMinutes(4));
    node.l2.heal();
    loseTheLogOfL2();
    node.l2.down();
    node.get();

    Explanation explanation = explain(lab.slot());
    Copy database = copy(explanation, "DATABASE");
    assertThat(database.state()).isEqualTo(State.FRESH);
    assertThat(database.ageMillis())
        .isGreaterThanOrEqualTo(Duration.ofMinutes(4).toMillis());
    assertThat(copy(explanation, "L1").state()).isEqualTo(State.FRESH);
    assertThat(copy(explanation, "L1").ageMillis()).isEqualTo(database.ageMillis());
    assertThat(explanation.ended()).isNull();
    assertThat(node.cache.stats().loads()).isEqualTo(1);
  }

  private Copy copy(Explanation explanation, String tier) {
    return explanation.copies().stream()
        .filter(copy -> copy.tier().equals(tier))
        .filter(copy ->
            copy.node().isEmpty() || copy.node().equals(node.larder.self().id()))
        .findFirst()
        .orElseThrow();
  }
}
