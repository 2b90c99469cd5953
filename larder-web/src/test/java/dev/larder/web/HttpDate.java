package dev.larder.web;

/** Dates for tests of other packages. */
public final class HttpDate {

  private HttpDate() {}

  public static String of(long millis) {
    return HttpDates.format(millis);
  }
}
