package dev.larder.showcase.demo;

import dev.larder.showcase.algoitny.AlgoItnySubject;
import dev.larder.showcase.scoreboard.Subject;
import dev.larder.showcase.simlane.SimLaneSubject;
import dev.larder.showcase.stories.StoriesSubject;
import dev.larder.showcase.themoon.TheMoonSubject;
import java.util.List;

/** The systems that the scoreboard measures beside Halfnote. */
final class Subjects {
  /** In the order in which they are shown. */
  static final List<Subject> ALL = List.of(
      new AlgoItnySubject(), new TheMoonSubject(), new StoriesSubject(), new SimLaneSubject());

  private Subjects() {}
}
