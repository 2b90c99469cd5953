package dev.larder.showcase.data;

import dev.larder.showcase.start.Announcer;

/**
 * Tells the program that started this one how far a load is.
 *
 * @param title of the system, before the stages
 */
public record AnnouncedProgress(String title, Announcer announcer) implements Progress {
  @Override
  public void at(String stage, long done, long total) {
    announcer.progress(title + " " + stage, done, total);
  }

  @Override
  public void replaces(String found, String wanted) {
    announcer.notice(
        "The database holds another data set of " + title + " than asked for: it is dropped now,"
            + " with whatever was written to it since, and the other one loaded.\n  there:     "
            + found + "\n  asked for: " + wanted);
  }
}
