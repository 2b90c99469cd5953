package dev.larder.showcase.algoitny.cache;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code algoitny.warm.*}.
 *
 * @param problems time between two warmings of problems: default 5 min
 * @param stats time between two warmings of statistics: default 10 min
 * @param rate loads per second at most: default 20
 * @param mostUsers users whose statistics are warmed at most, the latest active: default 500
 */
@ConfigurationProperties("algoitny.warm")
public record WarmSettings(
    @DefaultValue("5m") Duration problems,
    @DefaultValue("10m") Duration stats,
    @DefaultValue("20") int rate,
    @DefaultValue("500") int mostUsers) {

  /** Refuses what would never end or never rest. */
  public WarmSettings {
    if (rate < 1 || rate > 10_000) {
      throw new IllegalArgumentException("algoitny.warm.rate is " + rate + ", must be 1 to 10000.");
    }
  }
}
