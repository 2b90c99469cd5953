package dev.larder.showcase;

import dev.larder.showcase.algoitny.AlgoItnyApplication;
import dev.larder.showcase.halfnote.HalfnoteApplication;
import dev.larder.showcase.simlane.SimLaneApplication;
import dev.larder.showcase.stories.StoriesApplication;
import dev.larder.showcase.themoon.TheMoonApplication;
import java.util.Locale;

/** The systems, in the order in which they are started and shown. */
public enum ShowcaseSystems {
  HALFNOTE("Halfnote", HalfnoteApplication.class),
  ALGOITNY("AlgoItny", AlgoItnyApplication.class),
  THEMOON("TheMoon", TheMoonApplication.class),
  STORIES("Stories", StoriesApplication.class),
  SIMLANE("SimLane", SimLaneApplication.class);

  private final String title;
  private final Class<?> application;

  ShowcaseSystems(String title, Class<?> application) {
    this.title = title;
    this.application = application;
  }

  /** Its context path without the slash, and the name of its schema. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** For people. */
  public String title() {
    return title;
  }

  /** Its Spring Boot application. */
  public Class<?> application() {
    return application;
  }
}
