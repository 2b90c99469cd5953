package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.manage.WarmUp;
import dev.larder.manage.WarmUp.State;
import dev.larder.warm.WarmPlan;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What becomes of loads that fail, and of the run that they are of. */
class WarmFailuresTest extends OnePlan {

  @Test
  void failures_areListedAndRunAgain() {
    failing.addAll(Set.of(3L, 5L));
    declare(plan(10));

    WarmUp end = end(start());

    assertThat(end.state()).isEqualTo(State.DONE);
    assertThat(end.failed()).isEqualTo(2);
    assertThat(end.done()).isEqualTo(8);
    assertThat(end.failures())
        .containsExactly(
            "3: IllegalStateException: no album 3", "5: IllegalStateException: no album 5");
    lab.scheduler.advance(Duration.ofHours(1));
    assertThat(loads.get(3L)).isEqualTo(1);

    failing.remove(3L);
    loads.clear();
    WarmUp again = end(node.larder.warming().rerunFailed("albums"));
    assertThat(loads).containsOnlyKeys(3L, 5L);
    assertThat(again.done()).isEqualTo(1);
    assertThat(again.failed()).isEqualTo(1);
  }

  /** A source in trouble is left alone after some failures in a row, until the next time. */
  @Test
  void sourceThatFailsAlways_isLeftAlone() {
    failing.addAll(ids(10_000));
    declare(plan(10_000).giveUpAfter(20).every(Duration.ofMinutes(5)));

    WarmUp end = end(start());

    assertThat(end.state()).isEqualTo(State.FAILED);
    assertThat(loads.size()).isBetween(20, 24);
    assertThat(end.failures()).contains("given up after 20 failures in a row");
    lab.scheduler.advance(Duration.ofMinutes(3));
    assertThat(loads.size()).isLessThanOrEqualTo(24);
    assertThat(status().failures()).hasSizeLessThanOrEqualTo(20);
  }

  @Test
  void failuresApart_doNotEndTheRun() {
    ids(100).stream().filter(id -> id % 2 == 0).forEach(failing::add);
    declare(plan(100).giveUpAfter(3));

    WarmUp end = end(start());

    assertThat(end.state()).isEqualTo(State.DONE);
    assertThat(end.failed()).isEqualTo(50);
    assertThat(end.done()).isEqualTo(50);
  }

  @Test
  void keysThatCannotBeRead_failTheRun() {
    declare(WarmPlan.of("albums", node.cache)
        .keys(() -> Stream.<Long>generate(() -> {
          throw new IllegalStateException("cursor closed");
        }))
        .loader(this::load));

    WarmUp end = end(start());

    assertThat(end.state()).isEqualTo(State.FAILED);
    assertThat(end.failures().get(0)).contains("cursor closed");
  }

  /** Loads of what would not be kept harm the source for nothing. */
  @Test
  void cacheThatIsSwitchedOff_isNotLoaded() {
    declare(plan(100));
    node.larder.switches().cache("album").off();

    WarmUp end = end(start());

    assertThat(loads).isEmpty();
    assertThat(end.state()).isEqualTo(State.FAILED);
    assertThat(end.failures().get(0)).contains("switched off");
  }

  /** A source that is down must not keep every node out of service. */
  @Test
  void readiness_doesNotWaitForARunThatEnded() {
    failing.addAll(ids(100));
    declare(plan(100).giveUpAfter(5).onStart().beforeReady(1, Duration.ofHours(1)));

    lab.scheduler.advance(SECOND);

    assertThat(status().state()).isEqualTo(State.FAILED);
    assertThat(node.larder.warming().isReady()).isTrue();
  }

  @Test
  void privateKeys_areNotShown() {
    Lab.Node other = lab.node(Lab.policy().hashedKeys().build());
    failing.add(4711L);
    other
        .larder
        .warming()
        .declare(WarmPlan.of("albums", other.cache)
            .keys(List.of(4711L))
            .loader(id -> {
              throw new IllegalStateException("no");
            })
            .build());

    WarmUp end = end(other.larder.warming().start("albums"));

    assertThat(end.failures()).containsExactly("a hashed key: IllegalStateException: no");
  }
}
