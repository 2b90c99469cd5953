package dev.larder.cli.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.cli.exit.Fault;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

  private static long at(String local) {
    return LocalDateTime.parse(local).atZone(ZoneId.systemDefault()).toInstant().toEpochMilli();
  }

  @ParameterizedTest
  @CsvSource({
    "14:02, 2026-03-10T14:02:00",
    "14:02:30, 2026-03-10T14:02:30",
    "23:50, 2026-03-09T23:50:00",
    "10m, 2026-03-10T14:55:00",
    "2h, 2026-03-10T13:05:00",
  })
  void moment_isTheLastSuch(String text, String then) {
    assertThat(Times.moment("--since", text, at("2026-03-10T15:05:00"))).isEqualTo(at(then));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "25:00", "yesterday", "-5m", "0s", "14:02 h"})
  void whatIsNeither_isRefused(String text) {
    assertThatThrownBy(() -> Times.moment("--since", text, 0))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("--since is " + text + ", must be a time of day or how long ago");
  }

  @ParameterizedTest
  @CsvSource({
    "07:50:50, 07:53, 2026-03-10T07:53:00",
    "23:50, 00:10, 2026-03-10T00:10:00",
    "6m, 3m, 2026-03-10T07:48:00",
  })
  void momentAfterAnother_isTheFirstSuch_thoughItIsToCome(String since, String until, String then) {
    long now = at("2026-03-10T07:51:00");
    long from = Times.moment("--since", since, now);
    assertThat(Times.momentAfter(from, "--until", until, now)).isEqualTo(at(then));
  }

  @Test
  void parse_readsLengths() {
    assertThat(Times.parse("--ttl", "90s")).hasSeconds(90);
  }
}
