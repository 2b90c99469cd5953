package dev.larder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cli.connect.Connection;
import dev.larder.manage.Event;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of the live application, in a real bash. */
class CompletionIT {

  @TempDir
  Path folder;

  private FakeApplication application;
  private final Cli cli = new Cli(Connection::open);

  @BeforeEach
  void start() throws IOException {
    application = new FakeApplication();
    cli.environment.put("LARDER_URL", application.url());
    cli.environment.put("LARDER_TOKEN", FakeApplication.TOKEN);
    Path command = folder.resolve("larder");
    // A busy machine is given the time that a person would not wait.
    Files.writeString(
        command,
        "#!/bin/sh\n[ \"$1\" != complete ] || set -- \"$@\" --within 60000\nexec "
            + String.join(
                " ",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                "'" + System.getProperty("java.class.path") + "'",
                LarderCommand.class.getName())
            + " \"$@\"\n");
    Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
    cli.run("completion", "bash");
    Files.writeString(folder.resolve("script"), cli.out);
  }

  @AfterEach
  void stop() {
    application.close();
  }

  /** What bash would offer for these words, the last of which is being typed. */
  private List<String> offered(String... words) throws IOException, InterruptedException {
    StringBuilder line = new StringBuilder("source script; compopt() { :; }; COMP_WORDS=(larder");
    for (String word : words) {
      line.append(" '").append(word).append('\'');
    }
    // By the function that bash itself calls for this command.
    line.append("); COMP_CWORD=")
        .append(words.length)
        .append("; ")
        .append("f=$(complete -p larder | sed 's/.*-F \\([^ ]*\\).*/\\1/'); ")
        .append("$f larder \"${COMP_WORDS[COMP_CWORD]}\" \"${COMP_WORDS[COMP_CWORD-1]}\"; ")
        .append("printf '%s\\n' \"${COMPREPLY[@]}\"");
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", line.toString())
        .directory(folder.toFile())
        .redirectError(folder.resolve("err").toFile());
    builder.environment().putAll(cli.environment);
    builder.environment().merge("PATH", folder.toString(), (old, own) -> own + ":" + old);
    Process bash = builder.start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(folder.resolve("err"))).isEmpty();
    return said.lines().filter(it -> !it.isEmpty()).toList();
  }

  @Test
  void caches_tags_andKeys_comeFromTheApplication() throws Exception {
    assertThat(offered("stats", "")).containsExactly("album", "session");
    assertThat(offered("stats", "al")).containsExactly("album");
    assertThat(offered("invalidate", "--cache", "s")).containsExactly("session");
    // Bash parts words at colons: what stands before the last one is on the line already.
    assertThat(offered("invalidate", "--tag", "artist", ":", "")).containsExactly("7");
    assertThat(offered("explain", "shop", ":", "album", ":", "v1", ":", "4")).containsExactly("42");
  }

  @Test
  void commandsAndOptions_areCompletedAsBefore() throws Exception {
    assertThat(offered("sta")).containsExactlyInAnyOrder("stats", "status");
    assertThat(offered("comp")).containsExactly("completion");
    assertThat(offered("stats", "--wa")).containsExactly("--watch");
    assertThat(application.requests).isEmpty();
  }

  @Test
  void applicationThatIsAway_isNoMessage() throws Exception {
    application.close();

    assertThat(offered("stats", "--cache", "al")).isEmpty();
    assertThat(cli.run("complete", "caches")).isZero();
    assertThat(cli.out + cli.err).isEmpty();
    cli.environment.clear();
    assertThat(cli.run("complete", "caches")).isZero();
    assertThat(cli.out + cli.err).isEmpty();
  }

  /** It takes the connection and never answers; the request itself would be waited for a minute. */
  @Test
  void applicationThatDoesNotAnswer_isNotWaitedFor() throws IOException {
    try (ServerSocket silent = new ServerSocket(0)) {
      cli.environment.put("LARDER_URL", "http://127.0.0.1:" + silent.getLocalPort() + "/larder");
      long from = System.nanoTime();

      assertThat(cli.run("complete", "caches")).isZero();

      assertThat(cli.out + cli.err).isEmpty();
      assertThat(System.nanoTime() - from).isLessThan(TimeUnit.SECONDS.toNanos(30));
    }
  }

  @Test
  void namesThatAShellWouldTakeApart_areLeftOut() {
    application.management.events = List.of(
        FakeManagement.event(1, Event.Kind.INVALIDATION, "", "tag a;rm", "", 0),
        FakeManagement.event(2, Event.Kind.INVALIDATION, "", "tag $(id)", "", 0),
        FakeManagement.event(3, Event.Kind.INVALIDATION, "", "tag ok:1", "", 0));

    cli.run("complete", "tags", "--within", "60000");

    assertThat(cli.out).isEqualTo("ok:1\n");
  }
}
