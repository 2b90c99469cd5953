package dev.larder.showcase.simlane.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A team and who drives in it. */
public record Team(long id, String name, String car, List<Seat> seats) {

  /**
   * A place in the team.
   *
   * @param driver null while it is free
   */
  public record Seat(long id, int number, @Nullable String driver) {}
}
