package dev.larder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script {@code larder} at the root of the repository, run for real in a folder of its own with
 * a Maven and a JDK that are scripts too.
 */
class ScriptTest {

  private static final Path SCRIPT = Path.of("..", "larder").toAbsolutePath().normalize();

  @TempDir
  Path temp;

  private Path root;
  private Path jdk;
  private final Map<String, String> environment = new TreeMap<>();

  /** What one run of the script gave. */
  private record Outcome(int status, List<String> out, String err) {
    String lastLine() {
      return out.get(out.size() - 1);
    }
  }

  @BeforeEach
  void layOut() throws IOException {
    root = Files.createDirectory(temp.resolve("a checkout"));
    executable(root.resolve("larder"), Files.readString(SCRIPT));
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    Files.createDirectories(root.resolve("larder-core/src/main"));
    maven("");
    jdk = jdk("jdk", "17.0.15");
    executable(jdk.resolve("bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    environment.put("JAVA_HOME", jdk.toString());
    environment.put("LARDER_JDKS", "");
    environment.put("LARDER_NO_INSTALL", "1");
    environment.put("LARDER_CHROMIUM", "/bin/true");
    environment.put("LARDER_REDIS_SERVER", "/bin/true");
  }

  @Test
  void commandsOfTheCli_standInTheScript() throws IOException {
    String listed = Files.readAllLines(SCRIPT).stream()
        .filter(line -> line.startsWith("cli_commands="))
        .findFirst()
        .orElseThrow();
    Set<String> names = Stream.of(listed.replaceAll("^cli_commands=\"|\"$", "").split(" "))
        .collect(Collectors.toSet());

    assertThat(names).isEqualTo(LarderCommand.commandLine().getSubcommands().keySet());
  }

  /** The demo is the showcase's own, and scripts of shells alone call {@code complete}. */
  @Test
  void eachCommand_hasItsPictureInTheDocs() throws IOException {
    Path docs = Path.of("..", "docs");
    String page = Files.readString(docs.resolve("cli.md"));
    for (String command : LarderCommand.commandLine().getSubcommands().keySet()) {
      if (!Set.of("demo", "complete").contains(command)) {
        String picture = "images/cli-" + command + ".svg";
        assertThat(docs.resolve(picture)).isNotEmptyFile();
        assertThat(page).contains("(" + picture + ")");
      }
    }
  }

  @Test
  void help_listsTheCommands() throws Exception {
    Outcome outcome = run("--help");

    assertThat(outcome.status()).isZero();
    assertThat(String.join("\n", outcome.out())).contains("check", "demo", "JAVA_HOME");
  }

  @Test
  void unknownCommand_nearAKnownOne_namesIt() throws Exception {
    Outcome outcome = run("chekc");

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).contains("'chekc'", "did you mean 'check'?");
    assertThat(mavenRuns()).isEmpty();
  }

  @Test
  void unknownCommand_nearNone_namesNone() throws Exception {
    Outcome outcome = run("frobnicate");

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).contains("'frobnicate'").doesNotContain("did you mean");
  }

  /** Each command begins so, and a compiler takes longer to start than most of them run. */
  @Test
  void jdk_thatSaysItsVersionInAFile_isNotStartedForIt() throws Exception {
    Path old = jdk("old", "17.0.15");
    Files.writeString(old.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"11.0.9\"\n");
    environment.put("JAVA_HOME", old.toString());
    assertThat(run("check").err()).contains("JAVA_HOME is a JDK 11");
  }

  @Test
  void jdk_tooOld_saysWhichIsNeeded() throws Exception {
    environment.put("JAVA_HOME", jdk("old", "1.8.0_402").toString());

    Outcome outcome = run("check");

    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.err()).contains("JDK 17 or newer", "is a JDK 8", "apt-get install");
    assertThat(mavenRuns()).isEmpty();
  }

  @Test
  void jdk_notThere_saysWhereItWasSought() throws Exception {
    environment.put("JAVA_HOME", temp.resolve("nowhere").toString());

    Outcome outcome = run("demo");

    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.err()).contains("has no JDK", temp.resolve("nowhere").toString());
  }

  @Test
  void check_allGreen_endsWithTheCounts() throws Exception {
    maven(report("a", "tests='4' errors='0' skipped='0' failures='0'", ""));

    Outcome outcome = run("check", "-pl", "larder-core");

    assertThat(outcome.status()).isZero();
    assertThat(outcome.lastLine()).isEqualTo("4 passed, 0 failed, 0 skipped");
    assertThat(mavenRuns()).singleElement().asString().contains("-pl larder-core -T 1C verify");
  }

  @Test
  void check_failuresAndErrorsAndSkips_areCountedAndTheReasonsPrinted() throws Exception {
    maven(report(
            "a",
            "tests='7' errors='1' skipped='2' failures='1'",
            "<skipped message='no &quot;Chromium&quot;'/>\n<skipped message='no &quot;Chromium&quot;'/>")
        + report("b", "tests='2' errors='0' skipped='0' failures='0'", "")
        + "exit 1\n");

    Outcome outcome = run("check");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.out()).contains("skipped 2: no \"Chromium\"");
    assertThat(outcome.lastLine()).isEqualTo("5 passed, 2 failed, 2 skipped");
  }

  @Test
  void check_buildFailsBeforeAnyTest_fails() throws Exception {
    maven("echo '[ERROR] larder-core does not compile'\nexit 1\n");

    Outcome outcome = run("check");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.out()).contains("[ERROR] larder-core does not compile");
    assertThat(outcome.lastLine()).isEqualTo("0 passed, 0 failed, 0 skipped");
  }

  @Test
  void check_reportsOfAnEarlierRun_areNotCounted() throws Exception {
    maven(report("a", "tests='4' errors='0' skipped='0' failures='0'", ""));
    run("check");
    maven(report("b", "tests='1' errors='0' skipped='0' failures='0'", ""));

    assertThat(run("check").lastLine()).isEqualTo("1 passed, 0 failed, 0 skipped");
  }

  @Test
  void check_onAnOldJdkWithANewerOneBeside_compilesOnceMoreThere() throws Exception {
    Path newer = jdk("newer", "25.0.1");
    environment.put("LARDER_JDKS", jdk + " " + newer);
    maven("echo $JAVA_HOME >>homes\n[ $JAVA_HOME != " + newer + " ]\n");

    Outcome outcome = run("check");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(mavenRuns()).hasSize(2);
    assertThat(mavenRuns().get(1)).endsWith(" compile");
    assertThat(Files.readAllLines(root.resolve("homes")))
        .containsExactly(jdk.toString(), newer.toString());
  }

  @Test
  void demo_buildsOnceAndThenOnlyWhatChanged() throws Exception {
    maven("mkdir -p larder-cli/target showcase/target\n"
        + "touch larder-cli/target/larder-cli.jar showcase/target/showcase-app.jar\n");
    Path source = root.resolve("larder-core/src/main/Source.java");
    Files.writeString(source, "");
    past(source);
    past(source.getParent());
    past(root.resolve("pom.xml"));

    Outcome first = run("demo", "--scale", "two words");
    assertThat(first.out()).containsSubsequence("-jar", "demo", "--scale", "two words");
    run("demo");
    assertThat(mavenRuns()).hasSize(1);

    Files.setLastModifiedTime(source, FileTime.fromMillis(System.currentTimeMillis() + 3_600_000));
    run("demo");
    assertThat(mavenRuns()).hasSize(2);
  }

  @Test
  void demo_buildFails_isNotStarted() throws Exception {
    maven("echo '[ERROR] no such symbol'\nexit 1\n");

    Outcome outcome = run("demo");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains("[ERROR] no such symbol", "the build failed");
  }

  private Outcome run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(root.resolve("larder").toString()));
    command.addAll(List.of(arguments));
    Path out = temp.resolve("out");
    Path err = temp.resolve("err");
    ProcessBuilder builder = new ProcessBuilder(command)
        .directory(temp.toFile())
        .redirectOutput(out.toFile())
        .redirectError(err.toFile());
    builder.environment().putAll(environment);
    int status = builder.start().waitFor();
    return new Outcome(status, Files.readAllLines(out), Files.readString(err));
  }

  /** Puts a Maven in place that notes its arguments and then does as the shell lines say. */
  private void maven(String lines) throws IOException {
    executable(root.resolve("mvnw"), "#!/bin/sh\necho \"$*\" >>maven-runs\n" + lines);
  }

  private List<String> mavenRuns() throws IOException {
    Path runs = root.resolve("maven-runs");
    return Files.exists(runs) ? Files.readAllLines(runs) : List.of();
  }

  /** Shell lines that write a test report as Surefire does. */
  private static String report(String module, String counts, String body) {
    String folder = module + "/target/surefire-reports";
    return "mkdir -p %s\ncat >%s/TEST-x.xml <<'END'\n<testsuite name=\"x\" %s>\n%s\n</testsuite>\nEND\n"
        .formatted(folder, folder, counts.replace('\'', '"'), body.replace('\'', '"'));
  }

  private Path jdk(String name, String version) throws IOException {
    Path bin = Files.createDirectories(temp.resolve(name).resolve("bin"));
    executable(bin.resolve("java"), "#!/bin/sh\n");
    executable(bin.resolve("javac"), "#!/bin/sh\necho 'javac " + version + "'\n");
    return temp.resolve(name);
  }

  private static void executable(Path file, String content) throws IOException {
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void past(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_600_000_000_000L));
  }
}
