package dev.larder.showcase.themoon;

import dev.larder.showcase.start.StartFailure;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code themoon.*}. {@code themoon.url} is the address by which browsers reach this
 * instance, where it is not the server's own; {@code themoon.secret} signs log-in cookies and must be
 * the same in all instances.
 *
 * @param scale size of the data set: default 1 (50,000 users, 500,000 posts, 400,000 messages), 0.001 to
 *     10
 * @param seed decides every invented detail: default 20250630
 * @param warmUp whether popular posts and feeds are loaded into the caches at the start: default true
 */
@ConfigurationProperties("themoon")
public record TheMoonSettings(
    @DefaultValue("1") double scale,
    @DefaultValue("20250630") long seed,
    @DefaultValue("true") boolean warmUp) {

  private static final double LEAST = 0.001;
  private static final double GREATEST = 10;

  /**
   * Refuses values out of range.
   *
   * @throws StartFailure naming the property
   */
  public TheMoonSettings {
    if (!(scale >= LEAST && scale <= GREATEST)) {
      throw new StartFailure(
          "themoon.scale is " + scale + ", must be " + LEAST + " to " + (int) GREATEST + ".",
          "Correct this property.",
          null);
    }
  }
}
