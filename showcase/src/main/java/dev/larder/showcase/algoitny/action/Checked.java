package dev.larder.showcase.algoitny.action;

import dev.larder.showcase.algoitny.domain.Attempt;
import dev.larder.showcase.algoitny.domain.Platforms;
import dev.larder.showcase.algoitny.domain.ProblemText;
import dev.larder.showcase.web.Checks;
import org.jspecify.annotations.Nullable;

/** Lets values through that are in range, and refuses others with the range. */
final class Checked {
  private static final int LONGEST_DATA = 100_000;

  private Checked() {}

  static String platform(@Nullable String platform) {
    Checks checks = new Checks();
    if (platform == null || !Platforms.ALL.contains(platform)) {
      checks.fault("platform", platform, "one of " + String.join(", ", Platforms.ALL));
    }
    checks.done();
    return String.valueOf(platform);
  }

  static ProblemText text(ProblemText text) {
    Checks checks = new Checks();
    ProblemText checked = new ProblemText(
        checks.text("number", text.number(), 1, 40),
        checks.text("title", text.title(), 1, 200),
        checks.number("difficulty", text.difficulty(), 1, 10),
        checks.text("statement", text.statement(), 1, 20_000),
        text.completed());
    checks.done();
    return checked;
  }

  static Attempt attempt(Attempt attempt) {
    Checks checks = new Checks();
    int total = checks.number("total", attempt.total(), 1, 10_000);
    Attempt checked = new Attempt(
        checks.text("language", attempt.language(), 1, 40),
        checks.number("passed", attempt.passed(), 0, total),
        total,
        attempt.codePublic());
    checks.done();
    return checked;
  }

  static TestData data(@Nullable String input, @Nullable String output) {
    Checks checks = new Checks();
    TestData data = new TestData(
        checks.text("input", input, 0, LONGEST_DATA),
        checks.text("output", output, 1, LONGEST_DATA));
    checks.done();
    return data;
  }

  /** Both sides of a test case. */
  record TestData(String input, String output) {}
}
