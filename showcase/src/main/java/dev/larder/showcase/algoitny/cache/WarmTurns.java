package dev.larder.showcase.algoitny.cache;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whose turn it is to warm: one row for each plan, taken by one statement. A node that dies in its turn
 * keeps it for ten minutes.
 */
@SuppressWarnings("NullAway") // type arguments of Spring's row mappers and of generic calls
@Component
public class WarmTurns {
  private static final String LEASE = "10 minutes";

  private final JdbcClient jdbc;

  WarmTurns(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * One plan's last turn.
   *
   * @param loaded entries loaded in it; null while it runs
   */
  public record Turn(
      String plan,
      @Nullable OffsetDateTime begunAt,
      @Nullable OffsetDateTime endedAt,
      @Nullable Integer loaded) {}

  /** Takes the turn, unless somebody has it or the last one is less than nine tenths of {@code every} ago. */
  boolean take(String plan, Duration every) {
    return jdbc.sql("UPDATE algoitny.warm_turns"
                + " SET begun_at = now(), ended_at = NULL, loaded = NULL"
                + " WHERE plan = :plan AND (begun_at IS NULL"
                + " OR (begun_at <= now() - make_interval(secs => :pause)"
                + " AND (ended_at IS NOT NULL OR begun_at < now() - interval '" + LEASE + "')))")
            .param("plan", plan)
            .param("pause", every.toMillis() * 0.9 / 1_000)
            .update()
        == 1;
  }

  void end(String plan, int loaded) {
    jdbc.sql("UPDATE algoitny.warm_turns SET ended_at = now(), loaded = :loaded WHERE plan = :plan")
        .param("plan", plan)
        .param("loaded", loaded)
        .update();
  }

  /** The last turn of each plan. */
  public List<Turn> last() {
    return jdbc.sql(
            "SELECT plan, begun_at, ended_at, loaded FROM algoitny.warm_turns ORDER BY plan")
        .query(Turn.class)
        .list();
  }
}
