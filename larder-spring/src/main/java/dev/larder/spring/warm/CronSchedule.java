package dev.larder.spring.warm;

import dev.larder.warm.WarmSchedule;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/** A schedule by a cron expression of Spring's. */
public final class CronSchedule implements WarmSchedule {

  private final CronExpression expression;
  private final ZoneId zone;

  private CronSchedule(CronExpression expression, ZoneId zone) {
    this.expression = expression;
    this.zone = zone;
  }

  /**
   * The schedule of an expression.
   *
   * @param text six fields, as {@link CronExpression} takes them
   * @throws IllegalArgumentException if it is none
   */
  public static CronSchedule of(String text, ZoneId zone) {
    return new CronSchedule(CronExpression.parse(text), zone);
  }

  @Override
  public String text() {
    return expression.toString();
  }

  @Override
  public @Nullable Instant next(Instant after) {
    ZonedDateTime next = expression.next(after.atZone(zone));
    return next == null ? null : next.toInstant();
  }
}
