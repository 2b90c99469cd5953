package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.larder.CachePolicy;
import dev.larder.ConfigurationException;
import dev.larder.manage.Event;
import dev.larder.manage.WarmUp;
import dev.larder.manage.WarmUp.State;
import dev.larder.warm.Prediction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guesses of what will be asked for next, under fake time. */
class PredictionTest {

  private static final Duration TTL = Duration.ofMinutes(2);

  private final Lab lab = new Lab(Layout.L1_L2);
  private final List<Long> loads = new ArrayList<>();
  private String actor = "ann";

  @AfterEach
  void close() {
    lab.close();
  }

  private Lab.Node node() {
    CachePolicy<Long, String> policy = Lab.policy().ttl(TTL).build();
    return lab.node(policy);
  }

  private String load(Long id) {
    loads.add(id);
    return "v" + id;
  }

  private Prediction.Builder<Long, String> prediction(Lab.Node node) {
    return Prediction.of(node.cache).loader(this::load);
  }

  private void ask(Lab.Node node, long id) {
    assertThat(node.cache.get(id, this::load)).isEqualTo("v" + id);
    lab.scheduler.runDue();
    lab.scheduler.advance(Duration.ofSeconds(1));
  }

  private void expire() {
    lab.scheduler.advance(TTL.plusSeconds(1));
  }

  private static WarmUp status(Lab.Node node) {
    return node.larder.warming().status("predict-album");
  }

  @Test
  void whatOneActorAsksForNext_isThereWhenItIsAskedFor() {
    Lab.Node node = node();
    node.larder.warming().predict(prediction(node).actor(() -> actor).build());
    for (int i = 0; i < 4; i++) {
      ask(node, 1);
      ask(node, 2);
      expire();
    }
    loads.clear();
    ask(node, 1);
    assertThat(loads).containsExactly(1L, 2L);
    ask(node, 2);
    assertThat(loads).hasSize(2);
    assertThat(status(node).done()).isPositive();
    assertThat(status(node).state()).isEqualTo(State.RUNNING);
    assertThat(node.larder.management().warmUps())
        .extracting(WarmUp::name)
        .containsExactly("predict-album");
  }

  @Test
  void otherActorsBetween_areNoSuccession() {
    Lab.Node node = node();
    node.larder.warming().predict(prediction(node).actor(() -> actor).build());
    for (long i = 0; i < 10; i++) {
      actor = "ann";
      ask(node, 1);
      actor = "bob";
      ask(node, 100 + i);
      actor = "ann";
      ask(node, 2);
      expire();
    }
    loads.clear();
    actor = "ann";
    ask(node, 1);
    assertThat(loads).containsExactly(1L, 2L);
  }

  @Test
  void whatIsThere_isNotGuessed() {
    Lab.Node node = node();
    node.larder.warming().predict(prediction(node).actor(() -> actor).build());
    for (int i = 0; i < 20; i++) {
      ask(node, 1);
      ask(node, 2);
    }
    assertThat(loads).containsExactly(1L, 2L);
    assertThat(status(node).total()).isZero();
  }

  /** Successors that held while they were learnt do so no more: it stops, and goes on when they hold. */
  @Test
  void guessesThatDoNotComeTrue_areLoadedNoMore_untilTheyDo() {
    Lab.Node node = node();
    node.larder.warming().predict(prediction(node).actor(() -> actor).build());
    for (int i = 0; i < 100; i++) {
      ask(node, 1);
      ask(node, 2);
      expire();
    }
    for (int i = 0; i < 60; i++) {
      // Another each time: what is asked for after 1 is still 2 in most of all cases.
      actor = "other " + i;
      ask(node, 1);
      expire();
    }
    // Of the last 200, some 99 came true and 60 did not; go on until they are too few.
    for (int i = 0; i < 150; i++) {
      actor = "another " + i;
      ask(node, 1);
      expire();
    }
    assertThat(status(node).state()).isEqualTo(State.PAUSED);
    assertThat(status(node).schedule()).contains("too few to load");
    assertThat(node.larder.management().events(0, 10_000))
        .filteredOn(event -> event.kind() == Event.Kind.WARM_UP)
        .extracting(Event::subject, Event::text)
        .containsExactly(tuple(
            "predict-album",
            "too few guesses come true; they are judged, and nothing is loaded for them"));
    loads.clear();
    ask(node, 1);
    assertThat(loads).containsExactly(1L);

    expire();
    actor = "ann";
    for (int i = 0; i < 150; i++) {
      ask(node, 1);
      ask(node, 2);
      expire();
    }
    assertThat(status(node).state()).isEqualTo(State.RUNNING);
    loads.clear();
    ask(node, 1);
    assertThat(loads).containsExactly(1L, 2L);
  }

  @Test
  void withoutAPattern_nothingIsGuessed() {
    Lab.Node node = node();
    node.larder.warming().predict(prediction(node).actor(() -> actor).build());
    Random random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      ask(node, random.nextInt(50));
    }
    assertThat(status(node).total()).isLessThan(40);
  }

  @Test
  void hourOfTheDay_isLoadedBeforeItComesAgain() {
    Lab.Node node = node();
    node.larder.warming().predict(prediction(node).byHour().build());
    // To the beginning of an hour.
    long past = lab.time.millis() % Duration.ofHours(1).toMillis();
    lab.scheduler.advance(Duration.ofHours(1).minusMillis(past));
    for (int i = 0; i < 5; i++) {
      ask(node, 7);
      ask(node, 8);
    }
    ask(node, 9);
    lab.scheduler.advance(Duration.ofHours(23));
    loads.clear();
    for (int minute = 0; minute < 60; minute++) {
      lab.scheduler.advance(Duration.ofMinutes(1));
    }
    // 9 was asked for once, which is no pattern.
    assertThat(loads).containsExactlyInAnyOrder(7L, 8L);
    assertThat(status(node).total()).isEqualTo(2);
  }

  @Test
  void paused_nothingIsGuessed() {
    Lab.Node node = node();
    node.larder.warming().predict(prediction(node).actor(() -> actor).build());
    for (int i = 0; i < 4; i++) {
      ask(node, 1);
      ask(node, 2);
      expire();
    }
    assertThat(node.larder.warming().pause("predict-album")).isTrue();
    loads.clear();
    ask(node, 1);
    assertThat(loads).containsExactly(1L);
    assertThat(node.larder.warming().resume("predict-album")).isTrue();
    expire();
    ask(node, 1);
    assertThat(loads).containsExactly(1L, 1L, 2L);
  }

  @Test
  void anActorThatFails_harmsNobody() {
    Lab.Node node = node();
    node.larder
        .warming()
        .predict(prediction(node)
            .actor(() -> {
              throw new IllegalStateException("no request");
            })
            .build());
    ask(node, 1);
    ask(node, 1);
    assertThat(loads).containsExactly(1L);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void leastPrecision_outOfRange_isRefused(double share) {
    Lab.Node node = node();
    assertThatThrownBy(() -> prediction(node).leastPrecision(share).build())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("leastPrecision: " + share + " is not 0 to 1")
        .hasMessageContaining("nothing to learn from");
  }

  @Test
  void second_isRefused() {
    Lab.Node node = node();
    node.larder.warming().predict(prediction(node).byHour().build());
    assertThatThrownBy(
            () -> node.larder.warming().predict(prediction(node).byHour().build()))
        .hasMessage("prediction of cache album: there is one already");
  }
}
