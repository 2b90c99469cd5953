package dev.larder.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.larder.manage.WarmUp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands as a person meets them: processes of their own in a real terminal. */
class TerminalIT {

  private static final Duration LIMIT = Duration.ofSeconds(90);

  @TempDir
  Path folder;

  private FakeApplication application;
  private Tmux tmux;

  @BeforeEach
  void open() throws IOException {
    // Skipped only where LARDER_NO_INSTALL leaves the machine as it is.
    assumeThat(Tmux.isThere() || System.getenv("LARDER_NO_INSTALL") == null)
        .as("tmux is installed")
        .isTrue();
    assertThat(Tmux.isThere())
        .as("tmux is installed, or LARDER_NO_INSTALL is set")
        .isTrue();
    application = new FakeApplication();
    tmux = new Tmux(
        folder, Map.of("LARDER_URL", application.url(), "LARDER_TOKEN", FakeApplication.TOKEN));
  }

  @AfterEach
  void close() {
    if (tmux != null) {
      tmux.close();
      application.close();
    }
  }

  /** The terminal is as it was: lines are edited and echoed again. */
  private void assertTerminalIsBack() {
    tmux.type(
        "clear; stty -a | tr ' ' '\\n' | grep -E '^-?(echo|icanon);?$' | tr '\\n' ' '; echo end");
    tmux.waitFor("end\nready>");
    assertThat(tmux.screen()).contains("icanon echo ").doesNotContain("-icanon", "-echo ");
  }

  @Test
  void clear_asksForTheNameOnTheTerminal() {
    tmux.type("larder clear album; echo status $?");
    tmux.waitFor("Write album to go on:");
    assertThat(tmux.screen()).contains("1,234 stored entries");
    assertThat(application.management.orders).isEmpty();

    tmux.type("albums");
    tmux.waitFor("status 6");
    assertThat(application.management.orders).isEmpty();

    tmux.type("clear; larder clear album; echo status $?");
    tmux.waitFor("Write album to go on:");
    tmux.type("album");
    tmux.waitFor("status 0");
    assertThat(application.management.orders).containsExactly("invalidate CACHE [album]");
  }

  @Test
  void watch_repaintsWhatChangesAndGivesTheTerminalBack() throws IOException {
    tmux.type("larder stats --watch 1; echo status $?");
    tmux.waitFor("every 1 s  q quits");
    tmux.waitFor("90.9 %");
    int clears = clears();
    int before = tmux.bytes().length();
    long asked = application.requests.size();
    await().atMost(LIMIT).until(() -> application.requests.size() >= asked + 2);
    assertThat(clears()).as("clears of the screen").isEqualTo(clears);
    assertThat(tmux.bytes().length() - before)
        .as("bytes of repainting what has not changed")
        .isLessThan(100);

    application.management.nodes = List.of(FakeManagement.node("n1"));
    tmux.waitUntilGone(" 440 ");
    assertThat(tmux.screen()).contains(" 110 ").contains("CACHE");

    tmux.press("q");
    tmux.waitFor("status 0");
    assertTerminalIsBack();
  }

  private int clears() throws IOException {
    return tmux.bytes().split("\u001b\\[2J|\u001b\\[H\u001b\\[J", -1).length;
  }

  @Test
  void watch_ended_byCtrlC_givesTheTerminalBack() {
    tmux.type("larder stats --watch 1; echo status $?");
    tmux.waitFor("every 1 s  q quits");

    tmux.press("C-c");

    tmux.waitFor("status 130");
    assertTerminalIsBack();
  }

  @Test
  void top_listensToKeys() {
    tmux.type("larder top; echo status $?");
    tmux.waitFor("keys by lookups, all caches");
    tmux.waitFor("shop:album:v1:42");
    tmux.press("s");
    tmux.waitFor("keys by key, all caches");
    tmux.press("n");
    tmux.waitFor("keys by key, cache album");
    tmux.waitUntilGone("shop:session:v1:7");
    tmux.press("l");
    tmux.waitFor("loads by total time, cache album");
    tmux.waitFor("FeedService.feed:88");
    tmux.press("q");
    tmux.waitFor("status 0");
    assertTerminalIsBack();
  }

  @Test
  void tail_endedByCtrlC() {
    tmux.type("larder tail; echo status $?");
    tmux.waitFor("tag artist:7");
    tmux.press("C-c");
    tmux.waitFor("status 130");
  }

  @Test
  void warm_showsABar_andCtrlCLeavesTheWarmUpRunning() {
    application.management.warmUps.add(List.of(run(WarmUp.State.DONE, 10, 5)));
    application.management.warmUps.add(List.of(run(WarmUp.State.RUNNING, 450, 9)));
    tmux.type("larder warm albums; echo status $?");
    tmux.waitFor(
        "[#############-----------------]   45 %  450 of 1,000  50/s  0 failed  11 s left");

    tmux.press("C-c");

    tmux.waitFor("status 130");
    assertThat(tmux.screen().replace("\n", "")).contains("the warm-up goes on", "--cancel ends it");
    assertThat(application.management.orders).containsExactly("warm albums START");
  }

  private static WarmUp run(WarmUp.State state, long done, long started) {
    return new WarmUp(
        "albums",
        "",
        state,
        "n1",
        1_000,
        done,
        0,
        0,
        50,
        started,
        0,
        List.of(),
        WarmUp.Limits.AS_DECLARED,
        false);
  }

  @Test
  void colours_standOnATerminalAlone() throws IOException {
    tmux.type("larder status; echo end");
    tmux.waitFor("All is well.");
    tmux.waitFor("end\nready>");
    assertThat(tmux.bytes()).contains("\u001b[32mAll is well.");
  }
}
