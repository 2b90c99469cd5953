package dev.larder.showcase.scoreboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerTest {

  @Test
  void cachesOfOneAndOfManyKeys_areCountedByKey() {
    Answer answer = answered("feed=L1; review-counts=L1 x18, load x2; person=L2 (stale)");

    assertThat(answer.hits()).isEqualTo(20);
    assertThat(answer.misses()).isEqualTo(2);
    assertThat(answer.isCold()).isTrue();
  }

  @Test
  void hitsAlone_areWarm() {
    assertThat(answered("feed=L1; review-counts=L2 x20").isCold()).isFalse();
  }

  @Test
  void noCache_isColdWithoutHitsOrMisses() {
    Answer answer = answered("");

    assertThat(answer.isCold()).isTrue();
    assertThat(answer.hits() + answer.misses()).isZero();
  }

  private static Answer answered(String cache) {
    return new Answer(200, "{}", 1, 0, cache, HttpHeaders.of(Map.of(), (name, value) -> true));
  }
}
