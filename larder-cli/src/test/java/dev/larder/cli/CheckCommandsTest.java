package dev.larder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.manage.Advice;
import dev.larder.manage.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckCommandsTest {

  @TempDir
  Path folder;

  private final FakeManagement management = new FakeManagement();
  private final Cli cli = Cli.of(management);

  @ParameterizedTest
  @CsvSource({"0,0,0", "1,0,5", "1,2,5", "0,2,4"})
  void verify_endsWithFiveIfACopyIsStale_withFourIfSomeAreSilent(
      long stale, long unreachable, int status) {
    List<Verification.Finding> findings = stale == 0
        ? List.of()
        : List.of(new Verification.Finding("shop:album:v1:42", "L1 of n2", "1-2", "1-3", 4_000));
    management.verification = new Verification(7, 10, 5, stale, unreachable, findings, List.of());

    assertThat(cli.run("verify", "--sample", "10")).isEqualTo(status);
    assertThat(cli.out).contains(stale + " stale of 10 copies of what the newest 7 changes cover");
    if (stale > 0) {
      assertThat(cli.out).contains("L1 of n2", "shop:album:v1:42", "4 s");
    }
  }

  @Test
  void advise_listsAdviceOfOneCache() {
    cli.run("advise", "album");
    assertThat(cli.out).contains("album", "ttl=1m", "10,000 lookups", "frees 270 MB");

    assertThat(cli.run("advise", "session")).isZero();
    assertThat(cli.out).doesNotContain("270 MB");
    assertThat(cli.err)
        .contains("Nothing to advise: too little is known of session (12 lookups of 400).");
  }

  @Test
  void advise_saysWhichNodesGaveNoAnswer() {
    management.silent = List.of("n7");
    cli.run("advise", "album");
    assertThat(cli.err).contains("Node n7 gave no answer, so it is left out.");

    cli.run("advise", "session");
    assertThat(cli.err).contains("No answer came from n7: what was looked up there is not known.");
  }

  @Test
  void advise_appliedToProperties_addsAtTheEnd() throws IOException {
    Path file = Files.writeString(folder.resolve("application.properties"), "a=b");

    assertThat(cli.run("advise", "--apply-to", file.toString()))
        .as("nobody agreed")
        .isEqualTo(6);
    assertThat(cli.run("advise", "--apply-to", file.toString(), "--dry-run")).isZero();
    assertThat(file).hasContent("a=b");
    assertThat(cli.err).contains("+ larder.caches.album.ttl=1m");

    assertThat(cli.run("advise", "--apply-to", file.toString(), "--yes")).isZero();
    assertThat(file).hasContent("a=b\nlarder.caches.album.ttl=1m\n");
  }

  @Test
  void advise_appliedToYaml_addsADocument() throws IOException {
    Path file = Files.writeString(folder.resolve("application.yml"), "a: b # kept\n");
    management.advice = List.of(
        new Advice("album", Advice.Kind.TTL, "", Map.of("ttl", "1m"), 1),
        new Advice("feed", Advice.Kind.NO_TAGS, "", Map.of(), 1));

    assertThat(cli.run("advise", "--apply-to", file.toString(), "--yes")).isZero();
    assertThat(Files.readString(file))
        .startsWith("a: b # kept\n---\nlarder:\n  caches:\n    album:\n      ttl: ")
        .doesNotContain("feed");
  }

  @Test
  void advise_appliedWithNamesThatSpringWouldShorten_putsThemInBrackets() throws IOException {
    management.advice =
        List.of(new Advice("problem_list", Advice.Kind.TTL, "", Map.of("ttl", "1m"), 1));
    Path properties = folder.resolve("application.properties");
    Path yaml = folder.resolve("application.yaml");

    cli.run("advise", "--apply-to", properties.toString(), "--yes");
    cli.run("advise", "--apply-to", yaml.toString(), "--yes");
    assertThat(properties).hasContent("larder.caches[problem_list].ttl=1m\n");
    assertThat(yaml).content().contains("'[problem_list]':");
  }

  @Test
  void advise_simulated_showsNowAndThen_andAppliesWhatWasSimulated() throws IOException {
    assertThat(cli.run("advise", "album", "--simulate", "ttl=1m,size=5000")).isZero();
    assertThat(management.orders).containsExactly("simulate album PT1M 5000");
    assertThat(cli.out.lines().map(line -> line.replaceAll(" +", " ").strip()))
        .contains(
            "ttl 5 min 1 min",
            "entries in L1, at most 10,000 5,000",
            "hit rate 46.1 % 45.8 %",
            "bytes kept 338.0 MB 68.0 MB",
            "of 12,345 sampled reads, 1.6 % of keys, in 14 min, on 2 nodes; a replay of what holds"
                + " now comes to 46.4 %");

    Path file = Files.writeString(folder.resolve("application.properties"), "");
    String[] applied = {"advise", "album", "--simulate", "size=5000", "--apply-to", file.toString()
    };
    assertThat(cli.run(applied)).isEqualTo(6);
    assertThat(cli.run(
            "advise", "album", "--simulate", "size=5000", "--apply-to", file.toString(), "-y"))
        .isZero();
    assertThat(file).hasContent("larder.caches.album.l1-max-entries=5000\n");

    assertThat(cli.run("advise", "album", "--simulate", "ttl=1m", "-o", "json")).isZero();
    assertThat(cli.out).contains("\"simulation\"", "\"replayedHitRate\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ttl", "ttl=soon", "size=0", "size=x", "speed=9", ""})
  void advise_simulatedWithWhatIsNoSetting_isWrongUsage(String settings) {
    assertThat(cli.run("advise", "album", "--simulate", settings)).isEqualTo(2);
    assertThat(management.orders).isEmpty();
  }

  @Test
  void advise_simulatedForNoCache_isWrongUsage() {
    assertThat(cli.run("advise", "--simulate", "ttl=1m")).isEqualTo(2);
    assertThat(cli.err).contains("--simulate needs a cache");
    assertThat(cli.run("advise", "albun", "--simulate", "ttl=1m")).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void completion_namesEachCommand(String shell) {
    assertThat(cli.run("completion", shell)).isZero();
    assertThat(cli.out).contains("larder", "invalidate", "explain", "token-file");
    assertThat(cli.out).contains(LarderCommand.commandLine().getSubcommands().keySet());
  }

  @ParameterizedTest
  @CsvSource({"bash,-n", "zsh,-n"})
  void completion_isAScriptThatItsShellReads(String shell, String check)
      throws IOException, InterruptedException {
    cli.run("completion", shell);
    Path script = Files.writeString(folder.resolve("script"), cli.out);
    // What zsh takes is bash's; bash is where tests run.
    Process process = new ProcessBuilder("bash", check, script.toString())
        .redirectErrorStream(true)
        .start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(said).isZero();
  }
}
