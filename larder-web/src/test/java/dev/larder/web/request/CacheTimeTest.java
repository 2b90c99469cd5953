package dev.larder.web.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CacheTimeTest {

  private final CacheTime time = new CacheTime();

  private void look(long start, long end) {
    time.add(false, end - start, end);
  }

  private void load(long start, long end) {
    time.add(true, end - start, end);
  }

  @Test
  void oneAfterTheOther_addUp_byKind() {
    look(0, 10);
    load(10, 40);
    look(50, 55);
    assertThat(time.lookNanos()).isEqualTo(15);
    assertThat(time.loadNanos()).isEqualTo(30);
  }

  @Test
  void whatALoadAskedOfOthers_isPartOfIt() {
    look(0, 10);
    look(20, 30);
    load(30, 90);
    load(10, 100);
    assertThat(time.lookNanos()).isEqualTo(10);
    assertThat(time.loadNanos()).isEqualTo(90);
  }

  @Test
  void atTheSameTimeOnTwoThreads_countsOnce() {
    load(0, 50);
    load(20, 60);
    assertThat(time.loadNanos()).isEqualTo(60);
  }

  @Test
  void thousandsOfSpans_areKeptTogether_andAllBelongToALoadAroundThem() {
    for (int i = 0; i < 5_000; i++) {
      look(100 + 2 * i, 101 + 2 * i);
    }
    assertThat(time.lookNanos()).isEqualTo(5_000);
    load(50, 20_000);
    assertThat(time.lookNanos()).isZero();
    assertThat(time.loadNanos()).isEqualTo(19_950);
  }
}
