# The one in the middle.
class Median
  def of(values)
    values.sort[values.size / 2]
  end
end
