package dev.larder.console;

/**
 * Who asks.
 *
 * @param user name for people and for the audit
 * @param canAct whether orders are carried out
 * @param canSeeValues whether stored values are shown
 * @param csrf what a POST must repeat
 * @param isBearer whether the token came with this very request, which no other site can do
 */
record Visitor(String user, boolean canAct, boolean canSeeValues, String csrf, boolean isBearer) {}
