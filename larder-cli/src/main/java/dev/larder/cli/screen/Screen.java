package dev.larder.cli.screen;

import dev.larder.cli.exit.ExitCode;
import dev.larder.cli.exit.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;

/**
 * The whole terminal. Painting writes only what has changed, so nothing flickers. Whatever ends the
 * process, the terminal is given back as it was.
 */
public final class Screen implements AutoCloseable {

  /** What {@link #key} gives when no key came. */
  public static final int NONE = -1;

  private final Terminal terminal;
  private final Display display;
  private final Attributes before;
  private final Thread hook;
  private boolean isClosed;

  private Screen(Terminal terminal) {
    this.terminal = terminal;
    this.display = new Display(terminal, true);
    this.before = terminal.enterRawMode();
    // Raw here leaves out Ctrl-C; it is to end the process, and the hook gives the terminal back.
    Attributes keys = terminal.getAttributes();
    keys.setLocalFlag(LocalFlag.ISIG, true);
    terminal.setAttributes(keys);
    this.hook = new Thread(this::restore, "screen-restore");
    Runtime.getRuntime().addShutdownHook(hook);
    terminal.puts(Capability.enter_ca_mode);
    // The display takes for granted that it begins with nothing, in the corner.
    terminal.puts(Capability.clear_screen);
    terminal.puts(Capability.cursor_invisible);
    terminal.flush();
  }

  /** Takes the terminal. */
  public static Screen open() {
    try {
      return new Screen(TerminalBuilder.builder()
          .system(true)
          .dumb(false)
          // By the programs tty and stty: no native library, which newer JDKs warn of.
          .provider("exec")
          .nativeSignals(false)
          .build());
    } catch (IOException | IllegalStateException failure) {
      throw new Fault(
          ExitCode.FAILED,
          "the terminal cannot be repainted",
          String.valueOf(failure.getMessage()),
          "send the output through a pipe, or use -o ndjson");
    }
  }

  /** Lines of the terminal. */
  public int height() {
    return size().getRows();
  }

  /** Some programs tell of a terminal without extent. */
  private Size size() {
    Size size = terminal.getSize();
    return Size.of(Math.max(size.getColumns(), 20), Math.max(size.getRows(), 5));
  }

  /** Shows these lines and nothing else; what does not fit is left out. */
  public void paint(List<String> lines) {
    Size size = size();
    display.resize(size);
    List<AttributedString> shown = new ArrayList<>();
    for (String line : lines.subList(0, Math.min(lines.size(), size.getRows()))) {
      AttributedString text = AttributedString.fromAnsi(line);
      shown.add(text.columnSubSequence(0, Math.min(text.columnLength(), size.getColumns())));
    }
    display.update(shown, -1);
    terminal.flush();
  }

  /** The next key, or {@link #NONE} if none comes in time. */
  public int key(Duration wait) {
    try {
      int key = terminal.reader().read(wait.toMillis());
      return key == NonBlockingReader.READ_EXPIRED
          ? NONE
          : key == NonBlockingReader.EOF ? 'q' : key;
    } catch (IOException e) {
      return 'q';
    }
  }

  @Override
  public void close() {
    restore();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends already.
    }
  }

  private synchronized void restore() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    terminal.puts(Capability.cursor_normal);
    terminal.puts(Capability.exit_ca_mode);
    terminal.flush();
    terminal.setAttributes(before);
    try {
      terminal.close();
    } catch (IOException e) {
      // Nobody is left to tell.
    }
  }
}
