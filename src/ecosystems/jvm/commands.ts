import type { Commands } from '../../world/gates/command/port.ts';

export const jvm: Commands = {
  // Gradle begins with rulers, and greets before them when it is new; it and Maven say further down which Java they run on.
  versionLines: { own: /^Gradle \d/, beside: /^(?:Java version|(?:Launcher |Daemon )?JVM):/ },
};
