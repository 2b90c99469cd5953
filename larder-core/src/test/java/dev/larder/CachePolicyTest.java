package dev.larder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Wrong settings are refused, all at once. */
class CachePolicyTest {

  private static CachePolicyBuilder<Long, String> policy() {
    return CachePolicy.of(Long.class, String.class);
  }

  /** Each setting out of its range, in one message. */
  @Test
  void namesEveryFaultAtOnce() {
    assertThatThrownBy(() -> policy()
            .ttl(Duration.ZERO)
            .staleFor(Duration.ofSeconds(-1))
            .staleIfError(Duration.ofDays(400))
            .revalidateFor(Duration.ofDays(400))
            .softTimeout(Duration.ofHours(2))
            .hardTimeout(Duration.ofMinutes(-1))
            .negativeTtl(Duration.ofDays(400))
            .l1Ttl(Duration.ofSeconds(-1))
            .maxStaleness(Duration.ofMillis(9))
            .lease(Duration.ofMillis(49))
            .earlyRefresh(0.05)
            .jitter(0.6)
            .l1MaxEntries(0)
            .version(-1)
            .compressAbove(-1)
            .maxValueBytes(1023)
            .build())
        .isInstanceOf(ConfigurationException.class)
        .satisfies(fault -> assertThat(fault.getMessage())
            .contains("ttl: ", "staleFor: ", "staleIfError: ", "softTimeout: ", "hardTimeout: ")
            .contains("negativeTtl: ", "l1Ttl: ", "maxStaleness: ", "lease: ", "earlyRefresh: ")
            .contains("jitter: ", "l1MaxEntries: ", "version: ", "compressAbove: ")
            .contains("maxValueBytes: ", "revalidateFor: "));
  }

  /** Settings that contradict each other. */
  @Test
  void refusesContradictions() {
    assertThatThrownBy(() -> policy().softTimeout(Duration.ofMillis(5)).build())
        .hasMessageContaining("needs staleIfError");
    assertThatThrownBy(() -> policy()
            .staleIfError(Duration.ofHours(1))
            .softTimeout(Duration.ofMillis(5))
            .hardTimeout(Duration.ofMillis(5))
            .build())
        .hasMessageContaining("is not below hardTimeout");
    assertThatThrownBy(
            () -> policy().nullValues().negativeTtl(Duration.ofMinutes(1)).build())
        .hasMessageContaining("with nullValues");
    assertThatThrownBy(() ->
            policy().ttl(Duration.ofMinutes(1)).idleTime(Duration.ofMinutes(2)).build())
        .hasMessageContaining("idleTime");
  }

  /** The ends of the ranges are in them. */
  @Test
  void takesTheEndsOfTheRanges() {
    CachePolicy<Long, String> least = policy()
        .ttl(Duration.ofMillis(1))
        .maxStaleness(Duration.ofMillis(10))
        .lease(Duration.ofMillis(50))
        .earlyRefresh(0.1)
        .jitter(0)
        .l1MaxEntries(1)
        .version(0)
        .compressAbove(0)
        .maxValueBytes(1024)
        .build();
    assertThat(least.ttl()).isEqualTo(Duration.ofMillis(1));
    assertThat(policy()
            .ttl(Duration.ofDays(366))
            .jitter(0.5)
            .earlyRefresh(0.99)
            .build()
            .jitter())
        .isEqualTo(0.5);
  }
}
