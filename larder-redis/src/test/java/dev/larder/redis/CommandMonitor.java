package dev.larder.redis;

import dev.larder.testkit.EmbeddedRedis;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server is told from here on, by MONITOR. */
final class CommandMonitor implements AutoCloseable {

  /** Time, database and sender in brackets, then the command's words in quotes. */
  private static final Pattern LINE = Pattern.compile("\\+\\S+ \\[\\d+ (\\S+)] \"([^\"]*)\".*");

  private static final String END = "the end of what is asked for";
  private static final int ANSWER_LIMIT_MILLIS = 30_000;

  private final EmbeddedRedis redis;
  private final Socket socket;
  private final BufferedReader lines;

  CommandMonitor(EmbeddedRedis redis) {
    this.redis = redis;
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), redis.port());
      socket.setSoTimeout(ANSWER_LIMIT_MILLIS);
      socket.getOutputStream().write("MONITOR\r\n".getBytes(StandardCharsets.US_ASCII));
      lines = new BufferedReader(
          new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      String answer = lines.readLine();
      if (!"+OK".equals(answer)) {
        throw new IllegalStateException("MONITOR: " + answer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names of the commands that clients sent, in order and in small letters; not those in scripts. */
  List<String> fromClients() {
    redis.command("ECHO", END);
    List<String> names = new ArrayList<>();
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher command = LINE.matcher(line);
        if (!command.matches()) {
          throw new IllegalStateException("MONITOR: " + line);
        }
        if (line.contains(END)) {
          return names;
        }
        if (!command.group(1).equals("lua")) {
          names.add(command.group(2).toLowerCase(Locale.ROOT));
        }
      }
      throw new IllegalStateException("MONITOR ended");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
