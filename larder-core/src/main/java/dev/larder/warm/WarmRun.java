package dev.larder.warm;

import dev.larder.manage.WarmUp;
import java.util.concurrent.CompletionStage;

/** One run of a plan that was asked for. Safe for many threads. */
public interface WarmRun {

  /** Whose turn it is. */
  enum Turn {
    /** This node runs the plan. */
    HERE,
    /** Another node is at it. */
    ELSEWHERE,
    /** A node did it in the time that the schedule gives to one run. */
    DONE_LATELY,
    /** The shared tier that would tell does not answer; nothing is loaded. */
    UNREACHABLE,
    /** The larder was closed, or too many runs wait. */
    REFUSED
  }

  /** Whose turn it was found to be. Never fails. */
  CompletionStage<Turn> turn();

  /**
   * How it went, when it has ended and another node may begin; at once where the turn is not this node's.
   * Never fails: a run that could not go on says so in its state.
   */
  CompletionStage<WarmUp> ended();
}
