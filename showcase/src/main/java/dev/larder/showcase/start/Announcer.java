package dev.larder.showcase.start;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells the program that started this one how far it is, line by line on standard output: {@code
 * @progress {"stage":"activities","done":4096,"total":1000000}} while loading, and {@code @ready
 * {"url":"http://127.0.0.1:8080"}} once. Everything else on standard output is for people.
 */
public final class Announcer {
  private final PrintStream out;
  private final boolean on;

  /**
   * An announcer.
   *
   * @param on false to say nothing
   */
  public Announcer(PrintStream out, boolean on) {
    this.out = out;
    this.on = on;
  }

  /** Some of a stage is done. */
  public void progress(String stage, long done, long total) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("stage", stage);
    line.put("done", done);
    line.put("total", total);
    say("@progress", line);
  }

  /** Something that the person who starts the program should read now. */
  public void notice(String text) {
    say("@notice", Map.of("text", text));
  }

  /** Somebody wants something done to Redis: {@code STOP} or {@code START}. */
  public void redis(String order) {
    say("@redis", Map.of("order", order));
  }

  /** Requests are answered now. */
  public void ready(String url) {
    say("@ready", Map.of("url", url));
  }

  private void say(String word, Map<String, Object> line) {
    if (on) {
      out.println(word + " " + JsonMapper.shared().writeValueAsString(line));
      out.flush();
    }
  }
}
