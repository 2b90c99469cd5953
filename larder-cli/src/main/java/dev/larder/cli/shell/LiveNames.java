package dev.larder.cli.shell;

/** The part of the scripts that asks the application for names. */
final class LiveNames {

  private LiveNames() {}

  /**
   * For bash, and for zsh by its bashcompinit: goes before what picocli writes, and leaves to it what is no
   * name.
   */
  static String bash(String name) {
    return """

        # Names that the application knows come before what is known without it.
        _larder_kind() {
          local previous=$1 command=$2
          case $previous in
            --cache) echo caches; return ;;
            --tag) echo tags; return ;;
          esac
          case $command in
            stats|keys|clear|switch|advise|trial) echo caches ;;
            warm) echo warm-ups ;;
            get|explain|refresh|touch) echo keys ;;
          esac
        }

        _larder_live() {
          local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} kind='' names=''
          COMPREPLY=()
          # A colon parts words here; names have colons, so the words around it are put together again.
          local i=$COMP_CWORD
          while [ "$i" -gt 1 ]; do
            if [ "${COMP_WORDS[i]}" = : ] || [ "${COMP_WORDS[i-1]}" = : ]; then
              if [ "$i" = "$COMP_CWORD" ]; then word=${COMP_WORDS[i-1]}${COMP_WORDS[i]}
              else word=${COMP_WORDS[i-1]}$word; fi
              i=$((i - 1))
            else
              break
            fi
          done
          previous=${COMP_WORDS[i-1]}
          case $word in
            -*) ;;
            *) if [ "$i" -gt 1 ]; then kind=$(_larder_kind "$previous" "${COMP_WORDS[1]}"); fi ;;
          esac
          if [ -n "$kind" ]; then
            names=$("${COMP_WORDS[0]}" complete "$kind" --starting "$word" 2>/dev/null </dev/null)
            local IFS=$'\n'
            COMPREPLY=($names)
            # What stands before the last colon is on the line already.
            local fixed=${word%"${word##*:}"}
            if [ -n "$fixed" ] && [[ $COMP_WORDBREAKS == *:* ]]; then
              COMPREPLY=("${COMPREPLY[@]#"$fixed"}")
            fi
          fi
          if [ ${#COMPREPLY[@]} -eq 0 ]; then
            _complete_NAME "$@"
          fi
        }

        complete -F _larder_live -o default NAME NAME.sh NAME.bash
        """.replace("NAME", name);
  }

  /** For fish: names for the places that take one. */
  static String fish(String name) {
    StringBuilder script = new StringBuilder();
    line(script, name, "stats keys clear switch advise trial", "", "caches");
    line(script, name, "warm", "", "warm-ups");
    line(script, name, "get explain refresh touch", "", "keys");
    line(script, name, "invalidate tail", " -l cache -x", "caches");
    line(script, name, "invalidate", " -l tag -x", "tags");
    return script.toString();
  }

  private static void line(
      StringBuilder script, String name, String commands, String option, String kind) {
    script
        .append("complete -c ")
        .append(name)
        .append(" -n '__fish_seen_subcommand_from ")
        .append(commands)
        .append('\'')
        .append(option)
        .append(" -a '(")
        .append(name)
        .append(" complete ")
        .append(kind)
        .append(" --starting (commandline -ct) 2>/dev/null)'\n");
  }
}
