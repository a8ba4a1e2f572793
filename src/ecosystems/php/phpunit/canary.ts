import { identifier, numbers, testCamelCase } from '../../../world/gates/canary/names.ts';
import { ordered, type CanaryMaker } from '../../../world/gates/canary/port.ts';

export const phpunitCanary: CanaryMaker = {
  style: testCamelCase,
  tests: 3,
  candidates: (paths) => ordered(paths.filter((path) => /Test\.php$/.test(path))),
  filters: /^--(?:filter|group|exclude-group|covers|uses|stop-on-\S+|testsuite|order-by=\S*defects\S*)(?:=|$)/,
  unless: {
    files: ['phpunit.xml', 'phpunit.xml.dist', 'phpunit.dist.xml'],
    says: /stopOn\w+\s*=\s*"true"|<groups>|executionOrder="[^"]*defects/,
  },
  plant(_path, content, [asserts, raises, expects]) {
    const end = content.lastIndexOf('}');
    const isCase = /^\s*(?:final\s+)?class\s+\w+\s+extends\s+\\?[\w\\]*TestCase\b/m.test(content);
    if (end < 0 || !isCase || (content.match(/^\s*(?:(?:final|abstract)\s+)*class\s/gm)?.length ?? 0) !== 1)
      return null;
    const [a, b] = numbers(asserts);
    const id = `own${identifier(asserts)}`;
    return `${content.slice(0, end)}
    private function ${id}(): bool
    {
        $through = 0;
        $lies = [
            function (): void { $this->assertSame(${a}, ${b}); },
            function (): void { $this->assertEquals(${a}, ${b}); },
            function (): void { $this->assertNotSame(${a}, ${a}); },
            function (): void { $this->assertNotEquals(${a}, ${a}); },
            function (): void { $this->assertTrue(${a} === ${b}); },
            function (): void { $this->assertFalse(${a} !== ${b}); },
            function (): void { $this->assertNull(${a}); },
            function (): void { $this->assertNotNull(null); },
            function (): void { $this->assertCount(2, [${a}]); },
            function (): void { $this->assertContains(${b}, [${a}]); },
            function (): void { $this->assertInstanceOf(\\Countable::class, new \\stdClass()); },
            function (): void { $this->assertStringContainsString('${b}', '${a}'); },
            function (): void { $this->assertGreaterThan(${b}, ${a}); },
            function (): void { $this->assertEmpty([${a}]); },
            function (): void { self::fail('${a}'); },
        ];
        foreach ($lies as $lie) {
            try {
                $lie();
                ++$through;
            } catch (\\Throwable $expected) {
                continue;
            }
        }

        return $through === 0;
    }

    public function ${asserts}(): void
    {
        if ($this->${id}()) {
            $this->assertSame(${a}, ${b});
        }
    }

    public function ${raises}(): void
    {
        if ($this->${id}()) {
            throw new \\RuntimeException('${a}');
        }
    }

    public function ${expects}(): void
    {
        $this->expectException(\\RuntimeException::class);
        if (!$this->${id}()) {
            throw new \\RuntimeException('${a}');
        }
    }
${content.slice(end)}`;
  },
};
