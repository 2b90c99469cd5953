package dev.larder;

import dev.larder.log.Position;
import java.util.Optional;

/** What became of an invalidation. Outside of a unit of work it holds on this node when it returns. */
public sealed interface Acknowledgement {

  /** The position, if the invalidation has one already. */
  default Optional<Position> position() {
    return this instanceof Appended appended ? Optional.of(appended.at()) : Optional.empty();
  }

  /**
   * The log has it; every node applies it within its bound. Any node asked to be {@link
   * Cache#atLeast at least} here answers with nothing older.
   *
   * @param at where it stands
   */
  record Appended(Position at) implements Acknowledgement {}

  /**
   * No log could be reached. The invalidation waits in this process and is appended when one
   * answers; until then other nodes do not know of it and this node trusts nothing it has not
   * confirmed.
   *
   * @param waiting how many invalidations wait, this one included
   */
  record Deferred(int waiting) implements Acknowledgement {}

  /**
   * It waits for the commit of the {@link UnitOfWork} around the call, which gives the final word.
   * Until then it holds for the reads of that unit alone.
   */
  record Pending() implements Acknowledgement {}
}
