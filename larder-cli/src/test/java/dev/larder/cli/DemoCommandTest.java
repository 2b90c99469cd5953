package dev.larder.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DemoCommandTest {

  @TempDir
  Path folder;

  private final StringWriter err = new StringWriter();
  private final CommandLine command =
      LarderCommand.commandLine().setErr(new PrintWriter(err, true));

  @AfterEach
  void forgetJar() {
    System.clearProperty(DemoCommand.SHOWCASE_JAR);
  }

  @Test
  void demo_anyOptions_goOverUnreadAndTheStatusComesBack() throws IOException {
    Path received = folder.resolve("received");
    System.setProperty(DemoCommand.SHOWCASE_JAR, fakeShowcase().toString());

    int status = command.execute("demo", received.toString(), "--scale=2", "--help", "--no-redis");

    assertThat(status).isEqualTo(FakeShowcase.STATUS);
    assertThat(Files.readAllLines(received))
        .isEqualTo(List.of(received.toString(), "--scale=2", "--help", "--no-redis"));
  }

  @Test
  void demo_withoutTheJar_saysHowToGetIt() {
    assertThat(command.execute("demo")).isEqualTo(ExitCode.MISSING.status());
    assertThat(err.toString()).contains("./larder demo");
  }

  @Test
  void demo_ended_endsTheShowcaseToo() throws Exception {
    Path pid = folder.resolve("pid");
    Process cli = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "-D" + DemoCommand.SHOWCASE_JAR + "=" + fakeShowcase(),
            LarderCommand.class.getName(),
            "demo",
            pid.toString(),
            "stay")
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("out").toFile())
        .start();
    try {
      await().until(() -> Files.exists(pid) || !cli.isAlive());
      assertThat(folder.resolve("out")).isEmptyFile();
      Optional<ProcessHandle> showcase =
          ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()));

      cli.destroy();
      cli.waitFor();

      assertThat(showcase.filter(ProcessHandle::isAlive)).isEmpty();
    } finally {
      cli.destroy();
    }
  }

  @Test
  void unknownCommand_isWrongUsageAndNamesTheNearest() {
    assertThat(command.execute("demmo")).isEqualTo(ExitCode.USAGE.status());
    assertThat(err.toString()).contains("larder demo");
  }

  private Path fakeShowcase() throws IOException {
    Path jar = folder.resolve("showcase.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeShowcase.class.getName());
    String entry = FakeShowcase.class.getName().replace('.', '/') + ".class";
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream packed = new JarOutputStream(out, manifest);
        var bytes = FakeShowcase.class.getClassLoader().getResourceAsStream(entry)) {
      packed.putNextEntry(new JarEntry(entry));
      bytes.transferTo(packed);
    }
    return jar;
  }
}
