package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.manage.Event;
import dev.larder.warm.WarmPlan;
import dev.larder.warm.WarmPlanBuilder;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What operators hear of warm-ups and of misses, among the events. */
class WarmNewsTest {

  private final Lab lab = new Lab(Layout.L1_L2);
  private final Lab.Node node = lab.node();

  @AfterEach
  void close() {
    lab.close();
  }

  private WarmPlanBuilder<Long, String> plan() {
    return WarmPlan.of("albums", node.cache).loader(id -> {
      if (id == 3) {
        throw new IllegalStateException("no album 3");
      }
      return "v" + id;
    });
  }

  private List<Event> told(Event.Kind kind) {
    return node.larder.management().events(0, 10_000).stream()
        .filter(event -> event.kind() == kind)
        .toList();
  }

  private List<String> warmUps() {
    return told(Event.Kind.WARM_UP).stream().map(Event::text).toList();
  }

  @Test
  void run_isToldFromItsBeginningToItsEnd() {
    List<Long> keys = LongStream.range(0, 20).boxed().toList();
    node.larder.warming().declare(plan().keys(keys).perSecond(2).build());
    var run = node.larder.warming().start("albums");
    lab.scheduler.advance(Duration.ofSeconds(2));
    node.larder.warming().pause("albums");
    node.larder.warming().pause("albums");
    node.larder.warming().resume("albums");
    lab.scheduler.advance(Duration.ofMinutes(1));

    assertThat(Lab.done(run.ended()).failed()).isEqualTo(1);
    assertThat(warmUps())
        .containsExactly(
            "began: it was asked for",
            "paused",
            "goes on",
            "done, 19 keys, of which 0 were there; 1 failed");
    Event end = told(Event.Kind.WARM_UP).get(3);
    assertThat(end.subject()).isEqualTo("albums");
    assertThat(end.cache()).isEqualTo("album");
    assertThat(end.count()).isEqualTo(19);
    assertThat(Duration.ofNanos(end.nanos())).isGreaterThan(Duration.ofSeconds(2));
  }

  @Test
  void ofRunsForAnArgument_onlyBadEndsAreTold() {
    node.larder.warming().declare(plan().keysFor(Long.class, Stream::of).build());
    for (long id = 1; id <= 3; id++) {
      node.larder.warming().run("albums", id);
      lab.scheduler.advance(Duration.ofMinutes(1));
    }
    assertThat(warmUps())
        .containsExactly("for an argument: done, 0 keys, of which 0 were there; 1 failed");
  }

  @Test
  void misses_areToldWithTheirReason_atMostFiveASecond() {
    for (long id = 100; id < 120; id++) {
      node.cache.get(id);
    }
    assertThat(told(Event.Kind.MISS))
        .hasSize(5)
        .allMatch(
            event -> event.text().equals("nothing stored") && event.cache().equals("album"));
    lab.time.advance(Duration.ofSeconds(1));
    node.cache.get(120L);
    assertThat(told(Event.Kind.MISS)).hasSize(6);
  }
}
