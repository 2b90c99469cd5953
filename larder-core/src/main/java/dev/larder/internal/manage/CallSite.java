package dev.larder.internal.manage;

import java.lang.StackWalker.StackFrame;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who asked for a load: the nearest caller that is neither Larder nor a framework under it. */
public final class CallSite {

  private static final StackWalker WALKER = StackWalker.getInstance();
  private static final int MOST_FRAMES = 96;
  private static final List<String> PASSED =
      List.of("java.", "jdk.", "sun.", "org.springframework.", "reactor.", "graphql.");

  /** Larder's own packages; tests and applications that live below its name are callers. */
  private static final Pattern OWN = Pattern.compile(
      "dev\\.larder\\.(([A-Z]\\w*)|(internal|strategy|spring|web|hibernate|warm)\\..*)");

  /** What the compiler makes of a lambda: its name has that of the method around it. */
  private static final Pattern LAMBDA = Pattern.compile("lambda\\$(.+)\\$\\d+");

  private CallSite() {}

  /** {@code Class.method:line} of the caller of a load on this thread; empty if none is near. */
  public static String find() {
    Optional<StackFrame> caller = WALKER.walk(
        frames -> frames.limit(MOST_FRAMES).filter(CallSite::isCaller).findFirst());
    return caller
        .map(frame -> simpleName(frame.getClassName())
            + '.'
            + methodName(frame.getMethodName())
            + ':'
            + frame.getLineNumber())
        .orElse("");
  }

  private static String methodName(String name) {
    Matcher lambda = LAMBDA.matcher(name);
    return lambda.matches() ? lambda.group(1) : name;
  }

  private static boolean isCaller(StackFrame frame) {
    String name = frame.getClassName();
    return !name.contains("$$")
        && PASSED.stream().noneMatch(name::startsWith)
        && !OWN.matcher(name).matches();
  }

  private static String simpleName(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
