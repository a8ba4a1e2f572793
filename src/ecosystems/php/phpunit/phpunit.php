<?php

// PHP loads this file before PHPUnit (auto_prepend_file). PHPUnit writes its JUnit log to a place that only this file knows, and
// what arrives there while PHPUnit itself is at the end of its run is the report. PHP 7.3 and PHPUnit 9 or later.
//
// OMK_PHPUNIT_REPORT names an empty directory with a file `key` in it. The key is read and removed before the project is
// loaded, and seals the report: a test cannot simply write a report of its own.

(static function (): void {
    $directory = getenv('OMK_PHPUNIT_REPORT');
    $words = $_SERVER['argv'] ?? [];
    $scheme = str_replace('_', '-', basename(__FILE__, '.php'));
    if ($directory === false || !in_array("$scheme://omk/report", $words, true) || strpos(basename($words[0] ?? ''), 'phpunit') !== 0) {
        return;
    }
    $path = "$directory/key";
    $key = is_file($path) ? file_get_contents($path) : null;
    if ($key !== null) {
        unlink($path);
    }
    $owner = getmypid();
    $done = false;

    $save = static function (string $text, bool $whole) use ($directory, $key, $owner, &$done): void {
        // Written once, by the process that was started, in whole.
        if (getmypid() !== $owner) {
            return;
        }
        $body = "$text\n";
        $seal = $key === null || $done || !$whole ? null : hash_hmac('sha256', $body, $key);
        file_put_contents("$directory/report-" . $owner . ($done ? '-again' : '') . '.xml', $body . json_encode(['seal' => $seal]) . "\n");
        $done = true;
    };
    $ending = static function (): bool {
        $runner = false;
        foreach (debug_backtrace(DEBUG_BACKTRACE_IGNORE_ARGS) as $frame) {
            $class = $frame['class'] ?? '';
            if (is_a($class, 'PHPUnit\Framework\Test', true)) {
                return false;
            }
            $runner = $runner || strpos($class, 'PHPUnit\TextUI\\') === 0;
        }
        return $runner;
    };

    $stream = new class {
        /** @var callable */
        public static $save;
        /** @var callable */
        public static $ending;
        /** @var resource|null */
        public $context;
        private $text = '';
        private $whole = true;

        public function stream_open(): bool
        {
            return true;
        }

        public function stream_write(string $data): int
        {
            $this->whole = $this->whole && (self::$ending)();
            $this->text .= $data;
            return strlen($data);
        }

        public function stream_flush(): bool
        {
            return true;
        }

        public function stream_close(): void
        {
            (self::$save)($this->text, $this->whole && $this->text !== '');
        }

        public function stream_stat(): array
        {
            return [];
        }

        public function url_stat(): array
        {
            return [];
        }

        public function mkdir(): bool
        {
            return true;
        }

        public function stream_set_option(): bool
        {
            return false;
        }
    };
    $stream::$save = $save;
    $stream::$ending = $ending;
    stream_wrapper_register($scheme, get_class($stream));
    putenv('OMK_PHPUNIT_REPORT');
    unset($_SERVER['OMK_PHPUNIT_REPORT'], $_ENV['OMK_PHPUNIT_REPORT']);
})();
