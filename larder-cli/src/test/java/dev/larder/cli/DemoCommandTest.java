package dev.larder.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.cli.exit.ExitCode;
import dev.larder.showcase.demo.DemoMain;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class DemoCommandTest {

  @TempDir
  Path home;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine command = LarderCommand.commandLine()
      .setOut(new PrintWriter(out, true))
      .setErr(new PrintWriter(err, true));

  @BeforeEach
  void build() throws IOException, URISyntaxException {
    Path jar = Files.createFile(home.resolve("showcase-app.jar"));
    Path classes = Path.of(
        DemoMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Files.writeString(home.resolve("demo.classpath"), classes.toString());
    System.setProperty(DemoCommand.SHOWCASE_JAR, jar.toString());
    System.setProperty(DemoCommand.HOME, home.toString());
  }

  @AfterEach
  void forget() {
    System.clearProperty(DemoCommand.SHOWCASE_JAR);
    System.clearProperty(DemoCommand.HOME);
  }

  @Test
  void demo_withoutOptions_asksForTheWholeDataSet() throws IOException {
    assertThat(command.execute("demo")).isEqualTo(DemoMain.STATUS);

    assertThat(received())
        .containsExactly(
            "--scale=1",
            "--folder=" + home.resolve(".larder/demo"),
            "--showcase=" + home.resolve("showcase-app.jar"));
  }

  @Test
  void demo_allOptions_reachTheLauncher() throws IOException {
    Path albums = Files.writeString(home.resolve("some albums.json"), "[]");
    Path races = Files.writeString(home.resolve("races.json"), "{}");

    command.execute(
        "demo",
        "--scale=0.0100",
        "--port",
        "9000",
        "--catalogue",
        albums.toString(),
        "--racing",
        races.toString(),
        "--no-redis",
        "--fresh",
        "--report",
        "--latency=0.250",
        "--json");

    assertThat(received())
        .contains(
            "--scale=0.01",
            "--port=9000",
            "--catalogue=" + albums,
            "--racing=" + races,
            "--no-redis",
            "--fresh",
            "--report",
            "--latency=0.25",
            "--json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "50.1", "1s", ""})
  void demo_latencyOutOfRange_isWrongUsage(String latency) {
    assertWrong(
        "--latency is " + latency + ", must be a number of milliseconds from 0 to 50",
        "--report",
        "--latency=" + latency);
  }

  @Test
  void demo_latencyWithoutReport_isWrongUsage() {
    assertWrong("--latency goes with --report", "--latency=1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "0.0009", "10.01", "1e9", "NaN", "much", ""})
  void demo_scaleOutOfRange_isWrongUsage(String scale) {
    assertWrong("--scale is " + scale + ", must be a number from 0.001 to 10", "--scale=" + scale);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "-80", "http", "999999999999"})
  void demo_portOutOfRange_isWrongUsage(String port) {
    assertWrong("--port is " + port + ", must be a number from 1 to 65535", "--port=" + port);
  }

  @Test
  void demo_catalogueNotThere_isWrongUsage() {
    assertWrong("--catalogue is nowhere.json, must be a file", "--catalogue=nowhere.json");
  }

  @Test
  void demo_jsonWithoutReport_isWrongUsage() {
    assertWrong("--json goes with --report", "--json");
  }

  @Test
  void demo_valueMissing_isWrongUsage() {
    assertWrong("--port", "--port");
  }

  @Test
  void demo_unknownOption_namesTheNearest() {
    assertWrong("'--prot'", "--prot", "3000");
    assertThat(err.toString()).contains("Did you mean --port?");
  }

  @Test
  void demo_unknownWord_namesNoOption() {
    assertWrong("'frobnicate'", "frobnicate");
    assertThat(err.toString()).doesNotContain("Did you mean");
  }

  @Test
  void demo_help_listsOptionsAndEnvironmentAndStartsNothing() {
    assertThat(command.execute("demo", "--help")).isZero();

    assertThat(out.toString())
        .contains("--scale", "--catalogue", "--no-redis", "--port", "--fresh", "--report", "--json")
        .contains("DATABASE_URL", "REDIS_URL", "VALKEY_URL");
    assertThat(home.resolve(".larder")).doesNotExist();
  }

  @Test
  void demo_withoutTheJar_saysHowToGetIt() {
    System.setProperty(DemoCommand.SHOWCASE_JAR, home.resolve("other.jar").toString());

    assertThat(command.execute("demo")).isEqualTo(ExitCode.MISSING.status());
    assertThat(err.toString()).contains("./larder demo", "other.jar");
  }

  @Test
  void demo_ended_endsTheLauncherInGoodOrder() throws Exception {
    Path folder = home.resolve(".larder/demo");
    Process cli = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "-D" + DemoCommand.SHOWCASE_JAR + "=" + home.resolve("showcase-app.jar"),
            "-D" + DemoCommand.HOME + "=" + home,
            LarderCommand.class.getName(),
            "demo",
            "--scale=10")
        .redirectErrorStream(true)
        .redirectOutput(home.resolve("out").toFile())
        .start();
    try {
      await().until(() -> Files.exists(folder.resolve("options")) || !cli.isAlive());
      assertThat(home.resolve("out")).isEmptyFile();
      Optional<ProcessHandle> launcher = ProcessHandle.of(
          Long.parseLong(Files.readAllLines(folder.resolve("options")).get(0)));

      cli.destroy();
      cli.waitFor();

      assertThat(launcher.filter(ProcessHandle::isAlive)).isEmpty();
      assertThat(folder.resolve("ended")).exists();
    } finally {
      cli.destroy();
    }
  }

  @Test
  void unknownCommand_isWrongUsageAndNamesTheNearest() {
    assertThat(command.execute("demmo")).isEqualTo(ExitCode.USAGE.status());
    assertThat(err.toString()).contains("'demmo'", "Did you mean demo?");
  }

  private void assertWrong(String fault, String... options) {
    String[] arguments = new String[options.length + 1];
    arguments[0] = "demo";
    System.arraycopy(options, 0, arguments, 1, options.length);
    assertThat(command.execute(arguments)).isEqualTo(ExitCode.USAGE.status());
    assertThat(err.toString()).contains(fault, "larder demo --help");
    assertThat(out.toString()).isEmpty();
    assertThat(home.resolve(".larder")).doesNotExist();
  }

  /** The options that the launcher got. */
  private List<String> received() throws IOException {
    List<String> lines = Files.readAllLines(home.resolve(".larder/demo/options"));
    return lines.subList(1, lines.size()).stream()
        .filter(it -> !it.equals("--terminal"))
        .toList();
  }
}
