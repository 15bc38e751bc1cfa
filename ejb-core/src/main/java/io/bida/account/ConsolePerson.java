package io.bida.account;

import java.util.Optional;

/**
 * A person who has proved who they are.
 *
 * @param name the name they log in with
 * @param role what they may do
 * @param account where they may do it; empty for everywhere
 */
public record ConsolePerson(String name, ConsoleRole role, Optional<AccountId> account) {}
